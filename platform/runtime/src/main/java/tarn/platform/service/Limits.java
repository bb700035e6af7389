package tarn.platform.service;

import java.time.Duration;

/// Every number by which services call each other; how long they wait is [CallTimeout].
final class Limits {

    /// How often a call that failed may be made again.
    static final int RETRIES = 2;

    /// How long to wait before a repetition: between this and three times this, by chance.
    static final Duration PAUSE = Duration.ofMillis(5);

    /// How many repetitions there may be for each call, over time: more would be a load of their own on a
    /// service that is in trouble.
    static final double RETRY_SHARE = 0.1;

    /// How many repetitions may be saved up while all is well.
    static final int MAX_RETRIES_SAVED = 10;

    /// How many calls the breaker looks back on. One caller that meets silence has made as many within
    /// 1.2 seconds.
    static final int BREAKER_CALLS = 8;

    /// The share of failures among them from which on the breaker opens: all. With less, the first successes
    /// after an outage would open it.
    static final double BREAKER_FAILURES = 1;

    /// How long an open breaker refuses calls before it lets one through to see.
    static final Duration BREAKER_PAUSE = Duration.ofSeconds(1);

    /// Concurrent calls to one service on behalf of users.
    static final int BULKHEAD = 64;

    /// Concurrent background calls to one service, counted apart from those for users.
    static final int BACKGROUND_BULKHEAD = 8;

    /// How large an answer may be, in bytes.
    static final long MAX_BYTES = 16L * 1024 * 1024;

    private Limits() {}
}
