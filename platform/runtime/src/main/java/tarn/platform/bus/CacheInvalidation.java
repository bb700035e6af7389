package tarn.platform.bus;

/// Event for the caches in this process: the resource with this topic and key has changed.
/// Published by [InvalidationBus].
///
/// @param topic the kind of resource, as in `membership`
/// @param key identifies the resource
public record CacheInvalidation(String topic, String key) {}
