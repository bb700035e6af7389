package tarn.platform.service;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// The way to one service, which all calls to it share: how many may be under way, how many may be made
/// again, and whether any are made at all just now.
final class Line {

    private static final Logger LOG = Logger.getLogger(Line.class);

    /// What came back, below 500.
    record Raw(int status, String body) {}

    /// An attempt that came to nothing.
    private static final class Failure extends Exception {

        /// Whether the service is to blame, not a caller without patience.
        private final boolean counts;

        /// Whether another attempt may go better.
        private final boolean passing;

        Failure(boolean counts, boolean passing) {
            super(null, null, false, false);
            this.counts = counts;
            this.passing = passing;
        }
    }

    private final String service;
    private final HttpClient http;
    private final Routes routes;
    private final RetryBudget retries = new RetryBudget(Limits.RETRY_SHARE, Limits.MOST_RETRIES_SAVED);
    private final TypedGuard<Raw> guard;

    Line(String service, HttpClient http, Routes routes) {
        this.service = service;
        this.http = http;
        this.routes = routes;
        this.guard = TypedGuard.create(Raw.class)
                .withBulkhead()
                .limit(Limits.BULKHEAD)
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(Limits.BREAKER_CALLS)
                .failureRatio(Limits.BREAKER_FAILURES)
                .delay(Limits.BREAKER_PAUSE.toMillis(), ChronoUnit.MILLIS)
                .when(thrown -> thrown instanceof Failure failure && failure.counts)
                .onStateChange(this::tell)
                .done()
                .build();
    }

    /// A request to the service, for [#call].
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(routes.to(service).resolve(path));
    }

    /// @param patience how long such a call may take in all
    /// @param left how much of that whoever waits for this service leaves it
    /// @param repeatable whether it may be made again when an attempt fails
    /// @throws Refusal.Unavailable when nothing below 500 comes back in time
    Raw call(HttpRequest.Builder request, Patience patience, Duration left, boolean repeatable) {
        long end = System.nanoTime() + left.toNanos();
        retries.earn();
        for (int repetitions = 0; ; repetitions++) {
            if (System.nanoTime() >= end) {
                throw unavailable();
            }
            try {
                return guard.call(() -> attempt(request, patience, end));
            } catch (Failure failure) {
                boolean again = repeatable && failure.passing && repetitions < Limits.RETRIES;
                if (!again || !retries.spend() || !pause(end)) {
                    throw unavailable();
                }
            } catch (CircuitBreakerOpenException | BulkheadException refused) {
                throw unavailable();
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    Refusal.Unavailable unavailable() {
        return new Refusal.Unavailable("The " + service + " service does not answer.");
    }

    private Raw attempt(HttpRequest.Builder request, Patience patience, long end) throws Failure {
        long left = end - System.nanoTime();
        boolean patient = left >= patience.duration().toNanos() / 2;
        long milliseconds = Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
        CompletableFuture<HttpResponse<@Nullable String>> answer = http.sendAsync(
                request.setHeader(Inbound.TIMEOUT, Long.toString(milliseconds)).build(), Line::bounded);
        try {
            // The timeout of the request itself would not watch over the body.
            HttpResponse<@Nullable String> response = answer.get(left, TimeUnit.NANOSECONDS);
            if (response.statusCode() >= 500) {
                throw new Failure(true, response.statusCode() != 500);
            }
            String body = response.body();
            if (body == null) {
                LOG.errorf("The %s service answers with more than %d bytes", service, Limits.MOST_BYTES);
                throw new Failure(false, false);
            }
            return new Raw(response.statusCode(), body);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new Failure(patient, false);
        } catch (ExecutionException broken) {
            throw new Failure(true, true);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Failure(false, false);
        }
    }

    /// The body as text; null when it says that it is too much to keep.
    private static HttpResponse.BodySubscriber<@Nullable String> bounded(HttpResponse.ResponseInfo answer) {
        return answer.headers().firstValueAsLong("Content-Length").orElse(0) > Limits.MOST_BYTES
                ? HttpResponse.BodySubscribers.replacing(null)
                : HttpResponse.BodyHandlers.ofString().apply(answer);
    }

    /// Waits a little, never the same; false when there is no time for that.
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

    private void tell(CircuitBreakerState state) {
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
