package tarn.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/// Requests at a steady pace, whatever becomes of those before, to several gateways in turns.
final class Load implements AutoCloseable {

    /// Requests that may wait for an answer; more are not begun.
    private static final int MAX_UNDER_WAY = 600;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration MIN_BACKOFF = Duration.ofMillis(250);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(4);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A successful answer.
    ///
    /// @param id in its body; empty for none
    /// @param nanos when it came, by [System#nanoTime]
    record Acknowledgement(String id, long nanos) {}

    private final List<URI> gateways;
    private final IntFunction<HttpRequest.Builder> requests;
    private final boolean persistent;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Integer, Acknowledgement> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> outcomes = new ConcurrentSkipListMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Thread pace;
    private volatile boolean ending;

    /// @param requests by number, for a path such as `/api/tasks`
    /// @param persistent whether a request is repeated, less and less often, until it is done;
    /// otherwise the other gateway is tried when one refuses the connection, and nothing else
    Load(List<URI> gateways, int perSecond, boolean persistent, IntFunction<HttpRequest.Builder> requests) {
        this.gateways = gateways;
        this.requests = requests;
        this.persistent = persistent;
        this.pace = Thread.ofPlatform()
                .name("load")
                .start(() -> begin(Duration.ofSeconds(1).dividedBy(perSecond)));
    }

    private void begin(Duration interval) {
        long next = System.nanoTime();
        for (int number = 0; !ending; ) {
            LockSupport.parkNanos(next - System.nanoTime());
            next += interval.toNanos();
            if (underWay.get() < MAX_UNDER_WAY) {
                int own = number++;
                underWay.incrementAndGet();
                threads.execute(() -> run(own));
            }
        }
    }

    private void run(int number) {
        try {
            long backoff = MIN_BACKOFF.toNanos();
            for (int attempt = 0; !attempt(number, attempt) && persistent; attempt++) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(backoff / 2, backoff));
                backoff = Math.min(2 * backoff, MAX_BACKOFF.toNanos());
            }
        } finally {
            underWay.decrementAndGet();
        }
    }

    /// Returns whether it was done.
    private boolean attempt(int number, int attempt) {
        String outcome = "refused everywhere";
        for (int i = 0; i < gateways.size(); i++) {
            URI gateway = gateways.get((number + attempt + i) % gateways.size());
            try {
                HttpRequest template = requests.apply(number).timeout(TIMEOUT).build();
                HttpRequest request = HttpRequest.newBuilder(template, (_, _) -> true)
                        .uri(gateway.resolve(template.uri().getPath()))
                        .build();
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                outcome = Integer.toString(answer.statusCode());
                JsonNode body = JSON.readTree(answer.body());
                if (answer.statusCode() / 100 == 2) {
                    acknowledged.put(number, new Acknowledgement(body.path("id").asText(), System.nanoTime()));
                } else {
                    outcome += ' ' + body.path("code").asText();
                }
                break;
            } catch (ConnectException refused) {
                // The next one.
            } catch (IOException broken) {
                outcome = broken.getClass().getSimpleName() + ' ' + broken.getMessage();
                break;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
        outcomes.computeIfAbsent(outcome, _ -> new AtomicInteger()).incrementAndGet();
        return acknowledged.containsKey(number);
    }

    /// Begins no more requests, and waits for those under way.
    ///
    /// @return how many of them were not done in time
    int finish(Duration time) {
        ending = true;
        long end = System.nanoTime() + time.toNanos();
        while (underWay.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return underWay.get();
    }

    /// Successful answers, by the number of the request.
    Map<Integer, Acknowledgement> acknowledged() {
        return acknowledged;
    }

    /// How often attempts ended in what way: a status with the code of its problem, or what went wrong.
    Map<String, AtomicInteger> outcomes() {
        return outcomes;
    }

    @Override
    public void close() {
        ending = true;
        threads.shutdownNow();
        http.shutdownNow();
        try {
            pace.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
