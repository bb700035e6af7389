package tarn.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Identity, tasks and worker at another address: what is asked of the public API comes back as JSON,
/// or as the query says. `/test/…` tells and changes what it has seen;
/// `held` is answered after `/test/release`.
public final class EchoingServices implements QuarkusTestResourceLifecycleManager {

    private static final String EVENT = "event: ready\ndata: {}\n\n";
    private static final int LARGE_EVENT_BYTES = 256 * 1024;
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final Duration LATE = Duration.ofMillis(300);

    private final PretendIdentity identity = new PretendIdentity();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile CountDownLatch release = new CountDownLatch(1);
    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer begun = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
            begun.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            begun.createContext("/", this::answer);
            begun.start();
            server = begun;
            String address = "http://127.0.0.1:" + begun.getAddress().getPort();
            return Map.of("tarn.route.identity", address, "tarn.route.tasks", address, "tarn.route.worker", address);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        switch (path) {
            case "/.well-known/jwks.json" -> sendOr(500, exchange, broken.get() ? null : identity.keys());
            case "/internal/identity/service-tokens" ->
                sendOr(
                        401,
                        exchange,
                        identity.serviceToken(exchange.getRequestHeaders().getFirst("Authorization")));
            case "/internal/identity/access-tokens" -> {
                String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                sendOr(broken.get() ? 500 : 404, exchange, broken.get() ? null : identity.exchange(question));
            }
            case "/internal/identity/revocations" ->
                sendOr(
                        broken.get() ? 500 : 404,
                        exchange,
                        broken.get()
                                ? null
                                : identity.revocations(Integer.parseInt(query.substring("after=".length()))));
            case "/health/ready" -> send(exchange, ready.get() ? 200 : 503, "{}");
            case "/test/exchanges" -> send(exchange, 200, Integer.toString(identity.exchanges(query)));
            case "/test/revoke" -> {
                identity.revoke(query);
                send(exchange, 200, "");
            }
            case "/test/ready" -> {
                ready.set(Boolean.parseBoolean(query));
                send(exchange, 200, "");
            }
            case "/test/broken" -> {
                broken.set(Boolean.parseBoolean(query));
                send(exchange, 200, "");
            }
            case "/test/streams" -> send(exchange, 200, streams.toString());
            case "/test/held" -> send(exchange, 200, held.toString());
            case "/test/release" -> {
                release.countDown();
                release = new CountDownLatch(1);
                send(exchange, 200, "");
            }
            case "/test/cancelled" -> send(exchange, 200, Boolean.toString(cancelled.get()));
            default -> echo(exchange, query);
        }
    }

    private void echo(HttpExchange exchange, String query) throws IOException {
        switch (query) {
            case "held" -> hold(exchange);
            case "endless" -> endless(exchange);
            case "stream" -> stream(exchange, EVENT);
            case "stream=late" -> {
                LockSupport.parkNanos(LATE.toNanos());
                stream(exchange, EVENT);
            }
            case "stream=large" -> stream(exchange, ":" + " ".repeat(LARGE_EVENT_BYTES) + "\n" + EVENT);
            case "status=304" -> {
                exchange.getResponseHeaders().set("ETag", "\"7\"");
                exchange.sendResponseHeaders(304, -1);
                exchange.close();
            }
            case "status=207" -> send(exchange, 207, "{\"items\":[]}");
            case "status=204" -> {
                exchange.getResponseHeaders().add("Set-Cookie", "__Host-tarn_session=; Max-Age=0");
                exchange.getResponseHeaders().add("Set-Cookie", "other=1");
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            }
            case "created" -> {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                "http://" + exchange.getRequestHeaders().getFirst("Host") + "/api/tasks/1?x");
                send(exchange, 201, "{}");
            }
            case "elsewhere" -> {
                exchange.getResponseHeaders().set("Location", "https://other.example/");
                send(exchange, 201, "{}");
            }
            case "cached" -> {
                exchange.getResponseHeaders().set("Cache-Control", "private, max-age=5");
                exchange.getResponseHeaders().set("Keep-Alive", "timeout=5");
                exchange.getResponseHeaders().set("X-Request-Id", "of-the-service");
                send(exchange, 200, "{}");
            }
            default -> send(exchange, 200, picture(exchange));
        }
    }

    /// Answers when it is told to.
    private void hold(HttpExchange exchange) throws IOException {
        CountDownLatch told = release;
        held.incrementAndGet();
        try {
            boolean released = told.await(20, TimeUnit.SECONDS);
            send(exchange, released ? 200 : 500, "{}");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            held.decrementAndGet();
        }
    }

    private void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            byte[] much = new byte[64 * 1024];
            while (true) {
                body.write(much);
            }
        } catch (IOException gone) {
            cancelled.set(true);
            throw gone;
        }
    }

    /// Writes again and again until its client is gone.
    private void stream(HttpExchange exchange, String event) throws IOException {
        streams.incrementAndGet();
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
                body.write(event.getBytes(StandardCharsets.US_ASCII));
                body.flush();
                LockSupport.parkNanos(INTERVAL.toNanos());
            }
        } finally {
            streams.decrementAndGet();
        }
    }

    private static String picture(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join("|", values)));
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            long length;
            try (InputStream body = new DigestInputStream(exchange.getRequestBody(), sha)) {
                length = body.transferTo(OutputStream.nullOutputStream());
            }
            return PretendIdentity.json(Map.of(
                    "method", exchange.getRequestMethod(),
                    "uri", exchange.getRequestURI().toString(),
                    "headers", headers,
                    "length", length,
                    "sha256", HexFormat.of().formatHex(sha.digest())));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void sendOr(int otherwise, HttpExchange exchange, @Nullable String body) throws IOException {
        send(exchange, body == null ? otherwise : 200, body == null ? "{}" : body);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
