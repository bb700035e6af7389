package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An open stream of server-sent events, read on a thread of its own.
///
/// ```java
/// try (EventStream live = api.stream("/api/live")) {
///     api.post("/api/tasks", draft);
///     live.await(Duration.ofSeconds(1), event -> event.is("task.created"));
/// }
/// ```
public final class EventStream implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// An event.
    ///
    /// @param id empty for none
    /// @param nanos when it was read, by [System#nanoTime]
    public record SentEvent(String name, String id, JsonNode data, long nanos) {

        /// Whether its data has this type.
        public boolean is(String type) {
            return data.path("type").asText().equals(type);
        }
    }

    private final int status;
    private final InputStream body;
    private final LinkedBlockingQueue<SentEvent> events = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String lastId = "";
    private final AtomicInteger comments = new AtomicInteger();

    private EventStream(int status, InputStream body) {
        this.status = status;
        this.body = body;
        Thread.ofVirtual().name("event-stream").start(this::read);
    }

    static EventStream open(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
            return new EventStream(answer.statusCode(), answer.body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String name = "";
            String id = "";
            @Nullable String data = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments.incrementAndGet();
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).strip();
                } else if (line.isEmpty()) {
                    // As browsers do: what is cut off in the middle has not been read.
                    lastId = id.isEmpty() ? lastId : id;
                    if (data != null) {
                        events.add(new SentEvent(name, id, JSON.readTree(data), System.nanoTime()));
                    }
                    name = "";
                    id = "";
                    data = null;
                }
            }
        } catch (JsonProcessingException foreign) {
            throw new AssertionError("Not JSON", foreign);
        } catch (IOException over) {
            // Ended without notice, as a stream may.
        } finally {
            ended.countDown();
        }
    }

    public int status() {
        return status;
    }

    /// The position so far, for `Last-Event-ID`; empty before the first.
    public String lastId() {
        return lastId;
    }

    /// Comments so far.
    public int comments() {
        return comments.get();
    }

    /// The next event.
    ///
    /// @throws AssertionError when none comes within the time
    public SentEvent next(Duration time) {
        return await(time, _ -> true);
    }

    /// The next event that is meant; others before it are passed over.
    ///
    /// @throws AssertionError when none comes within the time
    public SentEvent await(Duration time, Predicate<SentEvent> meant) {
        List<SentEvent> passed = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        try {
            while (true) {
                SentEvent event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event == null) {
                    throw new AssertionError("Within " + time + " came only " + passed);
                }
                if (meant.test(event)) {
                    return event;
                }
                passed.add(event);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /// The events that have come and were not asked for yet.
    public List<SentEvent> rest() {
        List<SentEvent> rest = new ArrayList<>();
        events.drainTo(rest);
        return rest;
    }

    /// Whether neither side has ended it.
    public boolean isOpen() {
        return ended.getCount() > 0;
    }

    /// Waits until the other side has ended it.
    public void awaitEnd(Duration time) {
        try {
            assertThat(ended.await(time.toNanos(), TimeUnit.NANOSECONDS))
                    .as("the stream has ended within %s", time)
                    .isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException over) {
            // Closed already.
        }
    }
}
