package tarn.posts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tarn.testing.DatabaseResource;

/// The parts of tasks and identity that posts asks: who is in which project, which tasks there are, and
/// what people are called, as a test has said before.
public final class Neighbours implements QuarkusTestResourceLifecycleManager {

    /// What a person may do, by project and person.
    static final Map<String, Map<String, String>> MEMBERS = new ConcurrentHashMap<>();

    /// The project of each task.
    static final Map<String, String> TASKS = new ConcurrentHashMap<>();

    static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    /// What is in the trash: projects and tasks.
    static final Set<String> TRASH = ConcurrentHashMap.newKeySet();

    /// Who does not answer: `tasks`, `identity`.
    static final Set<String> SILENT = ConcurrentHashMap.newKeySet();

    /// How often tasks was asked what somebody may do.
    static final AtomicInteger ASKED = new AtomicInteger();

    /// Run once, when tasks has looked and not answered yet.
    static volatile Runnable meanwhile = () -> {};

    private static final String TOKEN = "a-service-token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/internal/service-tokens", Neighbours::signIn);
            started.createContext("/internal/users", Neighbours::users);
            started.createContext("/internal/memberships/", Neighbours::memberships);
            started.createContext("/internal/projects/", Neighbours::members);
            started.start();
            server = started;
            String address = "http://127.0.0.1:" + started.getAddress().getPort();
            return Map.of("tarn.route.identity", address, "tarn.route.tasks", address);
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
        boolean good = ("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Instant end = Instant.now().plus(365, ChronoUnit.DAYS);
        answer(exchange, good ? 200 : 401, Map.of("value", TOKEN, "expiresAt", end.toString()));
    }

    private static void users(HttpExchange exchange) throws IOException {
        if (isRefused(exchange, "identity")) {
            return;
        }
        List<Map<String, String>> people = new ArrayList<>();
        for (JsonNode id : JSON.readTree(exchange.getRequestBody()).path("ids")) {
            String name = NAMES.get(id.asText());
            if (name != null) {
                people.add(Map.of("id", id.asText(), "name", name, "unknown", "of later versions"));
            }
        }
        answer(exchange, 200, Map.of("items", people));
    }

    private static void memberships(HttpExchange exchange) throws IOException {
        ASKED.incrementAndGet();
        if (isRefused(exchange, "tasks")) {
            return;
        }
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        String person = path[3];
        if (exchange.getRequestMethod().equals("POST")) {
            List<Map<String, String>> seen = new ArrayList<>();
            for (JsonNode task : JSON.readTree(exchange.getRequestBody()).path("tasks")) {
                Map<String, String> standing = inTask(person, task.asText());
                if (!standing.isEmpty()) {
                    seen.add(standing);
                }
            }
            answer(exchange, 200, Map.of("items", seen));
            return;
        }
        String[] query = exchange.getRequestURI().getQuery().split("=", -1);
        Map<String, String> standing =
                query[0].equals("task") ? inTask(person, query[1]) : inProject(person, query[1], "");
        Runnable now = meanwhile;
        meanwhile = () -> {};
        now.run();
        answer(exchange, standing.isEmpty() ? 404 : 200, standing);
    }

    private static Map<String, String> inTask(String person, String task) {
        String project = TASKS.get(task);
        return project == null || TRASH.contains(task) ? Map.of() : inProject(person, project, task);
    }

    private static Map<String, String> inProject(String person, String project, String task) {
        String role = MEMBERS.getOrDefault(project, Map.of()).get(person);
        if (role == null || TRASH.contains(project)) {
            return Map.of();
        }
        return task.isEmpty()
                ? Map.of("project", project, "role", role)
                : Map.of("task", task, "project", project, "role", role);
    }

    private static void members(HttpExchange exchange) throws IOException {
        if (isRefused(exchange, "tasks")) {
            return;
        }
        String project = exchange.getRequestURI().getPath().split("/", -1)[3];
        answer(
                exchange,
                200,
                Map.of(
                        "items",
                        MEMBERS.getOrDefault(project, Map.of()).entrySet().stream()
                                .map(member -> Map.of("userId", member.getKey(), "role", member.getValue()))
                                .toList()));
    }

    private static boolean isRefused(HttpExchange exchange, String service) throws IOException {
        boolean allowed =
                ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!allowed || SILENT.contains(service)) {
            answer(exchange, allowed ? 503 : 401, Map.of());
            return true;
        }
        return false;
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
