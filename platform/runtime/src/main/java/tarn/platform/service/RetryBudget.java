package tarn.platform.service;

/// Repetitions that calls may still make: each call adds a share of one, each repetition takes one.
final class RetryBudget {

    private final double share;
    private final int most;
    private double saved;

    /// @param share how many repetitions a call adds
    /// @param most how many may be saved, and are at first
    RetryBudget(double share, int most) {
        this.share = share;
        this.most = most;
        this.saved = most;
    }

    /// Counts a call.
    synchronized void earn() {
        saved = Math.min(most, saved + share);
    }

    /// Takes a repetition; false when there is none.
    synchronized boolean spend() {
        if (saved < 1) {
            return false;
        }
        saved--;
        return true;
    }
}
