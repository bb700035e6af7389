package tarn.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The part of tasks that identity asks: everybody may go, unless a test says otherwise.
public final class AgreeingTasks implements QuarkusTestResourceLifecycleManager {

    /// Who was taken out of every project.
    static final List<String> REMOVED = new CopyOnWriteArrayList<>();

    /// What it answers: 204, 409 as the last owner, 503.
    static volatile int status = 204;

    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/internal/memberships/", AgreeingTasks::remove);
            started.start();
            server = started;
            return Map.of(
                    "tarn.route.tasks",
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

    private static void remove(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean service =
                    exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer ");
            if (!exchange.getRequestMethod().equals("DELETE") || !service) {
                exchange.sendResponseHeaders(405, -1);
            } else if (status == 204) {
                REMOVED.add(path.substring(path.lastIndexOf('/') + 1));
                exchange.sendResponseHeaders(204, -1);
            } else {
                byte[] problem =
                        "{\"code\":\"last-owner\",\"detail\":\"Others need one.\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, problem.length);
                exchange.getResponseBody().write(problem);
            }
        }
    }
}
