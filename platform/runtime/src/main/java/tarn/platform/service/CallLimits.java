package tarn.platform.service;

import java.time.Duration;

/// Retry, circuit breaker and bulkhead limits of calls between services; timeouts are in
/// [CallTimeout].
final class CallLimits {

    /// Retries per call.
    static final int RETRIES = 2;

    /// Minimum backoff before a retry; the random maximum is three times this.
    static final Duration PAUSE = Duration.ofMillis(5);

    /// Retry budget: retries earned per call, so that retries add little load to a failing service.
    static final double RETRY_SHARE = 0.1;

    /// Size of the retry budget.
    static final int MAX_RETRIES_SAVED = 10;

    /// Calls in the circuit breaker's window. A single caller of a service that does not respond
    /// fills it within 1.2 s.
    static final int BREAKER_CALLS = 8;

    /// Failure ratio that opens the circuit breaker: all, because with less the first successes
    /// after an outage would open it.
    static final double BREAKER_FAILURES = 1;

    /// Time an open circuit breaker refuses calls before it lets one through.
    static final Duration BREAKER_PAUSE = Duration.ofSeconds(1);

    /// Concurrent calls to one service for users.
    static final int BULKHEAD = 64;

    /// Concurrent background calls to one service.
    static final int BACKGROUND_BULKHEAD = 8;

    /// Largest response, in bytes.
    static final long MAX_BYTES = 16L * 1024 * 1024;

    private CallLimits() {}
}
