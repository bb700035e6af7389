package tarn.platform.event;

/// A feed cannot go on without an operator; the message says why and what to do.
public final class FeedFailure extends RuntimeException {

    FeedFailure(String consumer, String why) {
        super("The consumer " + consumer + " cannot read events: " + why, null);
    }
}
