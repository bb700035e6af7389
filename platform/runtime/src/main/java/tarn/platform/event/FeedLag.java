package tarn.platform.event;

/// How far a consumer is behind.
///
/// @param events not handled yet; those of an outbox are counted up to 100,000
/// @param seconds age of the oldest of them; 0 when there is none
public record FeedLag(long events, double seconds) {

    static final FeedLag NONE = new FeedLag(0, 0);
}
