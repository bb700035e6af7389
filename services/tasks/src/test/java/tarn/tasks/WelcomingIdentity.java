package tarn.tasks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.testing.DatabaseResource;

/// The part of identity that tasks asks: everybody is registered there but [#NOBODY], and it breaks
/// when it is asked for [#TROUBLE].
public final class WelcomingIdentity implements QuarkusTestResourceLifecycleManager {

    static final UUID NOBODY = UUID.fromString("0190a000-0000-7000-8000-00000000dead");
    static final UUID TROUBLE = UUID.fromString("0190a000-0000-7000-8000-0000000bad00");

    private static final String TOKEN = "a-service-token";

    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/internal/service-tokens", WelcomingIdentity::signIn);
            started.createContext("/internal/users/", WelcomingIdentity::user);
            started.start();
            server = started;
            return Map.of(
                    "tarn.route.identity",
                    "http://127.0.0.1:" + started.getAddress().getPort());
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

    private static void signIn(HttpExchange exchange) throws IOException {
        String credential = "gateway:" + DatabaseResource.key("gateway");
        String basic = Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
        if (allowed(exchange, "Basic " + basic)) {
            Instant end = Instant.now().plus(1, ChronoUnit.DAYS);
            answer(exchange, 200, "{\"value\":\"" + TOKEN + "\",\"expiresAt\":\"" + end + "\"}");
        }
    }

    private static void user(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (allowed(exchange, "Bearer " + TOKEN)) {
            int status = id.equals(NOBODY.toString()) ? 404 : id.equals(TROUBLE.toString()) ? 500 : 200;
            answer(exchange, status, status == 200 ? "{\"id\":\"" + id + "\",\"name\":\"Somebody\"}" : "{}");
        }
    }

    private static boolean allowed(HttpExchange exchange, String authorization) throws IOException {
        if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return true;
        }
        answer(exchange, 401, "{}");
        return false;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
