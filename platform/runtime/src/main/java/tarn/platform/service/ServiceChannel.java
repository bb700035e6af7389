package tarn.platform.service;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Bulkhead, retry budget and circuit breaker from one service to another, one channel for user
/// calls and one for background calls.
final class ServiceChannel {

    private static final Logger LOG = Logger.getLogger(ServiceChannel.class);

    /// A response with a status below 500.
    record Raw(int status, String body) {}

    /// A failed attempt.
    private static final class Failure extends RuntimeException {

        /// Whether another attempt may go better.
        private final boolean passing;

        Failure(boolean passing) {
            super(null, null, false, false);
            this.passing = passing;
        }
    }

    private final String service;
    private final HttpClient http;
    private final Routes routes;
    private final RetryBudget retries = new RetryBudget(Limits.RETRY_SHARE, Limits.MAX_RETRIES_SAVED);
    private final Semaphore bulkhead;
    private final TypedGuard<Raw> breaker;
    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;

    /// @param bulkhead concurrent calls
    ServiceChannel(String service, HttpClient http, Routes routes, int bulkhead) {
        this.service = service;
        this.bulkhead = new Semaphore(bulkhead);
        this.http = http;
        this.routes = routes;
        this.breaker = TypedGuard.create(Raw.class)
                .withCircuitBreaker()
                .requestVolumeThreshold(Limits.BREAKER_CALLS)
                .failureRatio(Limits.BREAKER_FAILURES)
                .delay(Limits.BREAKER_PAUSE.toMillis(), ChronoUnit.MILLIS)
                .when(Failure.class::isInstance)
                .onStateChange(this::changed)
                .done()
                .build();
    }

    /// A request to the service, for [#call].
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(routes.to(service).resolve(path));
    }

    /// @param timeout total time of such a call
    /// @param end deadline by [System#nanoTime], which may be earlier than the timeout
    /// @param repeatable whether a failed attempt may be retried
    /// @throws Refusal.Unavailable when no response below 500 arrives in time
    Raw call(HttpRequest.Builder request, CallTimeout timeout, long end, boolean repeatable) {
        if (!bulkhead.tryAcquire()) {
            throw unavailable();
        }
        try {
            return answered(request, timeout, end, repeatable);
        } finally {
            bulkhead.release();
        }
    }

    private Raw answered(HttpRequest.Builder request, CallTimeout timeout, long end, boolean repeatable) {
        retries.earn();
        for (int repetitions = 0; ; repetitions++) {
            if (System.nanoTime() >= end) {
                throw unavailable();
            }
            try {
                return attempt(request, timeout, end);
            } catch (Failure failure) {
                boolean again = repeatable && failure.passing && repetitions < Limits.RETRIES;
                if (!again || !retries.spend() || !pause(end)) {
                    throw unavailable();
                }
            }
        }
    }

    /// Makes one attempt and reports it to the circuit breaker, unless its time is so short that a
    /// timeout says nothing about the service.
    private Raw attempt(HttpRequest.Builder request, CallTimeout timeout, long end) {
        long left = end - System.nanoTime();
        if (left >= timeout.duration().toNanos() / 2) {
            try {
                return breaker.get(() -> exchange(request, end));
            } catch (CircuitBreakerOpenException open) {
                throw unavailable();
            }
        }
        if (state != CircuitBreakerState.CLOSED) {
            throw unavailable();
        }
        return exchange(request, end);
    }

    Refusal.Unavailable unavailable() {
        return new Refusal.Unavailable("The " + service + " service does not answer.");
    }

    private Raw exchange(HttpRequest.Builder request, long end) {
        long left = end - System.nanoTime();
        long milliseconds = Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
        CompletableFuture<HttpResponse<@Nullable String>> answer = http.sendAsync(
                request.setHeader(Inbound.TIMEOUT, Long.toString(milliseconds)).build(), ServiceChannel::bounded);
        try {
            // The timeout of the request itself would not watch over the body.
            HttpResponse<@Nullable String> response = answer.get(left, TimeUnit.NANOSECONDS);
            if (response.statusCode() >= 500) {
                throw new Failure(response.statusCode() != 500);
            }
            String body = response.body();
            if (body == null) {
                LOG.errorf("The %s service answers with more than %d bytes", service, Limits.MAX_BYTES);
                throw unavailable();
            }
            return new Raw(response.statusCode(), body);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new Failure(false);
        } catch (ExecutionException broken) {
            throw new Failure(true);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    /// Reads the body as text; null when it exceeds the size limit.
    private static HttpResponse.BodySubscriber<@Nullable String> bounded(HttpResponse.ResponseInfo answer) {
        return answer.headers().firstValueAsLong("Content-Length").orElse(0) > Limits.MAX_BYTES
                ? HttpResponse.BodySubscribers.replacing(null)
                : HttpResponse.BodyHandlers.ofString().apply(answer);
    }

    /// Waits for a random backoff; false when the deadline leaves no time.
    private static boolean pause(long end) {
        long least = Limits.PAUSE.toNanos();
        long pause = ThreadLocalRandom.current().nextLong(least, 3 * least);
        if (end - System.nanoTime() <= pause) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(pause);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void changed(CircuitBreakerState state) {
        this.state = state;
        switch (state) {
            case OPEN ->
                LOG.warnf(
                        "The %s service does not answer: it is not called for %d ms",
                        service, Limits.BREAKER_PAUSE.toMillis());
            case HALF_OPEN -> LOG.debugf("The %s service is tried again", service);
            case CLOSED -> LOG.infof("The %s service answers again", service);
        }
    }
}
