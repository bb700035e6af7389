package tarn.platform.bus;

/// Says that something is no longer as it was, to whoever keeps a copy of it.
///
/// @param topic what kind of thing, as in `membership`
/// @param key which one
public record Signal(String topic, String key) {}
