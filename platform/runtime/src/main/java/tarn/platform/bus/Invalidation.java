package tarn.platform.bus;

/// Tells caches that the resource with this topic and key has changed.
///
/// @param topic the kind of resource, as in `membership`
/// @param key identifies the resource
public record Invalidation(String topic, String key) {}
