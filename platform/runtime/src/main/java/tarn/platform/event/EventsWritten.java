package tarn.platform.event;

/// CDI event of this process, fired in a transaction that has written to an outbox, for observers
/// after its commit; unlike an [Event] it is not stored.
public record EventsWritten() {}
