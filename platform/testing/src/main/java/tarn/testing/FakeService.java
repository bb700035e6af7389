package tarn.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A fake HTTP service on a free loopback port that answers as a test defines and records requests.
///
/// ```java
/// FakeService tasks = new FakeService()
///         .on("DELETE", "/internal/tasks/memberships/", asked -> CannedAnswer.of(204));
/// ```
public final class FakeService implements AutoCloseable {

    /// A request it received.
    ///
    /// @param query empty for none
    /// @param body as text; empty for none
    public record ReceivedRequest(String method, String path, String query, Headers headers, String body) {

        /// A header's first value; empty when it was not sent.
        public String header(String name) {
            return Objects.requireNonNullElse(headers.getFirst(name), "");
        }

        /// The last segment of the path.
        public String last() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /// A response it gives.
    ///
    /// @param body JSON, or empty for none
    /// @param headers besides those of the body
    public record CannedAnswer(int status, String body, Map<String, String> headers) {

        /// One without further headers.
        public CannedAnswer(int status, String body) {
            this(status, body, Map.of());
        }

        /// One without a body.
        public static CannedAnswer of(int status) {
            return new CannedAnswer(status, "");
        }

        /// All is well, and this is the body.
        public static CannedAnswer ok(String body) {
            return new CannedAnswer(200, body);
        }
    }

    private record Route(String method, String path, Function<ReceivedRequest, CannedAnswer> answer) {

        boolean leads(ReceivedRequest asked) {
            return method.equals(asked.method())
                    && (path.endsWith("/")
                            ? asked.path().startsWith(path)
                            : asked.path().equals(path));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Route> routes = new CopyOnWriteArrayList<>();
    private final List<ReceivedRequest> asked = new CopyOnWriteArrayList<>();

    /// Listens at once, and answers 404 to all paths without a handler.
    public FakeService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /// Adds a handler for a path, or for everything below it when it ends in `/`; the handler added
    /// last wins.
    ///
    /// @param answer may block: requests are served concurrently
    public FakeService on(String method, String path, Function<ReceivedRequest, CannedAnswer> answer) {
        routes.addFirst(new Route(method, path, answer));
        return this;
    }

    /// Its base URL.
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// All requests so far, in the order of arrival.
    public List<ReceivedRequest> asked() {
        return List.copyOf(asked);
    }

    /// Stops at once and closes all connections, without finishing responses.
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ReceivedRequest question = new ReceivedRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), ""),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(question);
            CannedAnswer answer = routes.stream()
                    .filter(route -> route.leads(question))
                    .findFirst()
                    .map(route -> route.answer().apply(question))
                    .orElse(CannedAnswer.of(404));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            if (answer.body().isEmpty()) {
                exchange.sendResponseHeaders(answer.status(), -1);
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
