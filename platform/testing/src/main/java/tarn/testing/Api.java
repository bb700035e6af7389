package tarn.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import tarn.platform.http.MergePatch;

/// An immutable HTTP client of a running service; each method such as `ifMatch` returns a client
/// with one more header.
///
/// Text and bytes are sent as they are, any other body as JSON; redirects are not followed. An answer
/// that the contract does not allow fails the test.
public final class Api {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String EXPECT = "Expect";
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /// Whether answers are held against the contract; not where stand-ins give them.
    private static final boolean IS_CHECKED = !Boolean.getBoolean("tarn.contract.ignored");

    private final URI base;
    private final Map<String, String> headers;
    private final int retries;

    private Api(URI base, Map<String, String> headers, int retries) {
        this.base = base;
        this.headers = headers;
        this.retries = retries;
    }

    /// An anonymous client of the service at an address.
    public static Api at(URI base) {
        return new Api(base, Map.of(), 0);
    }

    /// An anonymous client of the service started by `@QuarkusTest`.
    public static Api here() {
        return at(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class)));
    }

    /// The client with an access token, as services call each other.
    public Api bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /// The client with a cookie, as browsers send it.
    public Api cookie(String name, String value) {
        return header("Cookie", name + '=' + value);
    }

    /// The client with `If-Match`: an entity tag with its quotes, or `*`.
    public Api ifMatch(String tag) {
        return header("If-Match", tag);
    }

    /// The client with `If-None-Match`.
    public Api ifNoneMatch(String tag) {
        return header("If-None-Match", tag);
    }

    /// The client with `Idempotency-Key`.
    public Api idempotencyKey(String key) {
        return header("Idempotency-Key", key);
    }

    /// The client with `Expect: 100-continue`: a service that refuses a body early may close the
    /// connection before its response is read.
    public Api askingFirst() {
        return header(EXPECT, "100-continue");
    }

    /// The client that retries a request answered with 503, at most three times, one second apart: for
    /// tests whose subject is not availability, on a machine whose CPU other tests may take for seconds.
    public Api retryingUnavailable() {
        return new Api(base, headers, 3);
    }

    /// The client that sends each request once.
    public Api withoutRetries() {
        return new Api(base, headers, 0);
    }

    /// Opens a stream of server-sent events.
    public EventStream stream(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        headers.forEach(request::setHeader);
        return EventStream.open(request.build());
    }

    /// The client with a header added or replaced.
    public Api header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Api(base, Map.copyOf(more), retries);
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), "");
    }

    public Answer head(String path) {
        return send("HEAD", path, BodyPublishers.noBody(), "");
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), "");
    }

    public Answer post(String path) {
        return send("POST", path, BodyPublishers.noBody(), "");
    }

    public Answer put(String path) {
        return send("PUT", path, BodyPublishers.noBody(), "");
    }

    public Answer post(String path, Object body) {
        return send("POST", path, publisher(body), "application/json");
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, publisher(body), "application/json");
    }

    /// Sends a merge patch.
    public Answer patch(String path, Object body) {
        return send("PATCH", path, publisher(body), MergePatch.MEDIA_TYPE);
    }

    private Answer send(String method, String path, BodyPublisher body, String type) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).method(method, body);
        if (!type.isEmpty()) {
            request.setHeader(CONTENT_TYPE, type);
        }
        headers.forEach((name, value) -> {
            if (name.equals(EXPECT)) {
                request.expectContinue(true);
            } else {
                request.setHeader(name, value);
            }
        });
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), Api::body);
            for (int left = retries; left > 0 && answer.statusCode() == 503; left--) {
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
                answer = HTTP.send(request.build(), Api::body);
            }
            return checked(method, path, new Answer(answer.statusCode(), answer.headers(), answer.body()));
        } catch (IOException failure) {
            throw new UncheckedIOException(method + " " + path + " was not answered", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while waiting for " + method + " " + path, stopped);
        }
    }

    /// The body; of a stream its first event, after which it is closed.
    private static BodySubscriber<String> body(HttpResponse.ResponseInfo head) {
        String type = head.headers().firstValue(CONTENT_TYPE).orElse("");
        return type.startsWith(ContractCheck.EVENTS)
                ? new FirstEvent()
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    private static Answer checked(String method, String path, Answer answer) {
        List<String> breaches = IS_CHECKED ? ContractCheck.breaches(method, path, answer) : List.of();
        if (!breaches.isEmpty()) {
            throw new AssertionError(
                    "Against the contract, " + method + ' ' + path + ' ' + String.join("; ", breaches));
        }
        return answer;
    }

    private static BodyPublisher publisher(Object body) {
        return switch (body) {
            case byte[] bytes -> BodyPublishers.ofByteArray(bytes);
            case String text -> BodyPublishers.ofString(text);
            default -> {
                try {
                    yield BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
                } catch (JsonProcessingException wrong) {
                    throw new IllegalArgumentException("Not JSON: " + body.getClass(), wrong);
                }
            }
        };
    }

    /// A response.
    ///
    /// @param body as text; empty for none
    public record Answer(int status, HttpHeaders headers, String body) {

        /// The body as JSON; a missing node when there was none.
        public JsonNode json() {
            if (body.isEmpty()) {
                return MissingNode.getInstance();
            }
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException foreign) {
                throw new AssertionError("Not JSON: " + body, foreign);
            }
        }

        /// The text at a JSON pointer; empty when there is none.
        public String at(String pointer) {
            return json().at(pointer).asText("");
        }

        /// The stable code of a problem; empty when this is none.
        public String code() {
            return header(CONTENT_TYPE).startsWith("application/problem+json") ? at("/code") : "";
        }

        /// A header's first value; empty when it was not sent.
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /// The entity tag, to be sent back with [Api#ifMatch].
        public String etag() {
            return header("ETag");
        }

        /// A cookie that was set, by its name.
        public Optional<HttpCookie> cookie(String name) {
            return headers.allValues("Set-Cookie").stream()
                    .flatMap(line -> HttpCookie.parse(line).stream())
                    .filter(cookie -> cookie.getName().equals(name))
                    .findFirst();
        }

        /// Status and body, for the messages of assertions.
        @Override
        public String toString() {
            return status + " " + body;
        }
    }
}
