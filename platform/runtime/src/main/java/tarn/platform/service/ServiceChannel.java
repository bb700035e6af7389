package tarn.platform.service;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.service.ServiceInstance.Failure;

/// Sends the calls of one service to the processes of another, in turns, with a bulkhead, a retry
/// budget and a circuit breaker for each process; calls for users and in the background have a
/// channel each.
final class ServiceChannel {

    private static final Logger LOG = Logger.getLogger(ServiceChannel.class);

    /// A response with a status below 500.
    record Raw(int status, String body) {}

    private final String service;
    private final HttpClient http;
    private final Routes routes;
    private final RetryBudget retries = new RetryBudget(CallLimits.RETRY_SHARE, CallLimits.MAX_RETRIES_SAVED);
    private final Semaphore bulkhead;
    private final AtomicInteger turns = new AtomicInteger();
    private volatile List<ServiceInstance> instances = List.of();

    /// @param bulkhead concurrent calls
    ServiceChannel(String service, HttpClient http, Routes routes, int bulkhead) {
        this.service = service;
        this.bulkhead = new Semaphore(bulkhead);
        this.http = http;
        this.routes = routes;
    }

    /// Sends a request to one of the service's processes, in turns. One that has certainly not begun
    /// with it is not waited for: the next one gets it.
    ///
    /// @param path with the query
    /// @param timeout total time of such a call
    /// @param end deadline by [System#nanoTime], which may be earlier than the timeout
    /// @param repeatable whether a failed attempt may be retried
    /// @throws Refusal.Unavailable when no response below 500 arrives in time
    Raw call(String path, HttpRequest.Builder request, CallTimeout timeout, long end, boolean repeatable) {
        if (!bulkhead.tryAcquire()) {
            throw unavailable();
        }
        try {
            return answered(new Sending(path, request, timeout, end), repeatable);
        } finally {
            bulkhead.release();
        }
    }

    /// A request on its way.
    private record Sending(String path, HttpRequest.Builder request, CallTimeout timeout, long end) {

        /// Whether so little time is left that a timeout would say nothing about the service.
        boolean isHurried() {
            return end - System.nanoTime() < timeout.duration().toNanos() / 2;
        }
    }

    private Raw answered(Sending sending, boolean repeatable) {
        retries.earn();
        Iterator<ServiceInstance> turn = turn();
        int others = instances.size() - 1;
        int repetitions = 0;
        while (System.nanoTime() < sending.end()) {
            try {
                return attempt(turn, sending);
            } catch (Failure failure) {
                if (failure.isUnread() && others > 0) {
                    others--;
                } else if (!repeatable
                        || !failure.isRetryable()
                        || repetitions++ == CallLimits.RETRIES
                        || !retries.spend()
                        || !pause(sending.end())) {
                    throw unavailable();
                }
            }
        }
        throw unavailable();
    }

    /// The processes of the service, one after the other without end.
    private Iterator<ServiceInstance> turn() {
        List<ServiceInstance> all = instances();
        int first = turns.getAndIncrement();
        return IntStream.iterate(first, i -> i + 1)
                .mapToObj(i -> all.get(Math.floorMod(i, all.size())))
                .iterator();
    }

    private List<ServiceInstance> instances() {
        routes.require(service);
        if (instances.isEmpty()) {
            List<URI> elsewhere = routes.elsewhere(service);
            instances = elsewhere.isEmpty()
                    ? List.of(new ServiceInstance(service, routes::here))
                    : elsewhere.stream()
                            .map(address -> new ServiceInstance(service, () -> address))
                            .toList();
        }
        return instances;
    }

    /// Makes one attempt with the next process that is not left alone.
    private Raw attempt(Iterator<ServiceInstance> turn, Sending sending) {
        boolean hurried = sending.isHurried();
        for (int i = 0; i < instances.size(); i++) {
            ServiceInstance instance = turn.next();
            if (!hurried) {
                try {
                    return instance.guarded(() -> exchange(instance, sending));
                } catch (CircuitBreakerOpenException open) {
                    // The next one.
                }
            } else if (instance.isClosed()) {
                return exchange(instance, sending);
            }
        }
        throw unavailable();
    }

    Refusal.Unavailable unavailable() {
        return new Refusal.Unavailable("The " + service + " service does not answer.");
    }

    private Raw exchange(ServiceInstance instance, Sending sending) {
        long left = sending.end() - System.nanoTime();
        long milliseconds = Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
        CompletableFuture<HttpResponse<@Nullable String>> answer = http.sendAsync(
                sending.request()
                        .uri(instance.at(sending.path()))
                        .setHeader(ContextPropagation.TIMEOUT, Long.toString(milliseconds))
                        .build(),
                ServiceChannel::bounded);
        try {
            // The timeout of the request itself would not watch over the body.
            HttpResponse<@Nullable String> response = answer.get(left, TimeUnit.NANOSECONDS);
            if (response.statusCode() >= 500) {
                throw new Failure(
                        response.statusCode() != 500,
                        response.headers().firstValue(StoppingService.HEADER).isPresent());
            }
            String body = response.body();
            if (body == null) {
                LOG.errorf("The %s service answers with more than %d bytes", service, CallLimits.MAX_BYTES);
                throw unavailable();
            }
            return new Raw(response.statusCode(), body);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new Failure(false, false);
        } catch (ExecutionException broken) {
            throw new Failure(true, broken.getCause() instanceof ConnectException);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    /// Reads the body as text; null when it exceeds the size limit.
    private static HttpResponse.BodySubscriber<@Nullable String> bounded(HttpResponse.ResponseInfo answer) {
        return answer.headers().firstValueAsLong("Content-Length").orElse(0) > CallLimits.MAX_BYTES
                ? HttpResponse.BodySubscribers.replacing(null)
                : HttpResponse.BodyHandlers.ofString().apply(answer);
    }

    /// Waits for a random backoff; false when the deadline leaves no time.
    private static boolean pause(long end) {
        long least = CallLimits.PAUSE.toNanos();
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
}
