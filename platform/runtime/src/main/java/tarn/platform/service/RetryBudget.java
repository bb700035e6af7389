package tarn.platform.service;

/// Caps retries as a token bucket: each call adds a fraction of a token, each retry takes one.
final class RetryBudget {

    private final double share;
    private final int most;
    private double saved;

    /// @param share tokens added per call
    /// @param most capacity and initial tokens
    RetryBudget(double share, int most) {
        this.share = share;
        this.most = most;
        this.saved = most;
    }

    /// Adds a call's share.
    synchronized void earn() {
        saved = Math.min(most, saved + share);
    }

    /// Takes a token; false when there is none.
    synchronized boolean spend() {
        if (saved < 1) {
            return false;
        }
        saved--;
        return true;
    }
}
