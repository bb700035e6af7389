package tarn.platform.event;

/// Event for this process: a transaction that has written to an outbox commits.
public record EventsWritten() {}
