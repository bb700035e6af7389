package tarn.posts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.UncheckedIOException;
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
import java.util.function.Function;
import tarn.testing.DatabaseResource;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FakeService.ReceivedRequest;

/// The parts of tasks and identity that posts asks: who is in which project, which tasks there are, and
/// what users are called, as a test has said before.
public final class Neighbours implements QuarkusTestResourceLifecycleManager {

    /// What a user may do, by project and user.
    static final Map<String, Map<String, String>> MEMBERS = new ConcurrentHashMap<>();

    /// The project of each task.
    static final Map<String, String> TASKS = new ConcurrentHashMap<>();

    static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    /// What is in the trash: projects and tasks.
    static final Set<String> TRASH = ConcurrentHashMap.newKeySet();

    /// Who does not answer: `tasks`, `identity`.
    static final Set<String> SILENT = ConcurrentHashMap.newKeySet();

    /// How often tasks was asked what a user may do.
    static final AtomicInteger ASKED = new AtomicInteger();

    /// Run once, when tasks has looked and not answered yet.
    static volatile Runnable meanwhile = () -> {};

    private static final String TOKEN = "a-service-token";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FakeService BOTH = new FakeService()
            .on("POST", "/internal/identity/service-tokens", Neighbours::signIn)
            .on("POST", "/internal/identity/users", asked -> served("identity", asked, Neighbours::users))
            .on("GET", "/internal/tasks/memberships/", asked -> served("tasks", asked, Neighbours::membership))
            .on("POST", "/internal/tasks/memberships/", asked -> served("tasks", asked, Neighbours::memberships))
            .on("GET", "/internal/tasks/search/projects/", asked -> served("tasks", asked, Neighbours::projects))
            .on("GET", "/internal/tasks/projects/", asked -> served("tasks", asked, Neighbours::members));

    @Override
    public Map<String, String> start() {
        String address = BOTH.url().toString();
        return Map.of("tarn.route.identity", address, "tarn.route.tasks", address);
    }

    @Override
    public void stop() {
        BOTH.close();
    }

    /// What the request of this name asked of both.
    static List<FakeService.ReceivedRequest> askedBy(String request) {
        return BOTH.asked().stream()
                .filter(asked -> asked.header("X-Request-Id").equals(request))
                .toList();
    }

    private static CannedAnswer signIn(ReceivedRequest asked) {
        String credential = "posts:" + DatabaseResource.key("posts");
        String basic = Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
        boolean good = ("Basic " + basic).equals(asked.header("Authorization"));
        Instant end = Instant.now().plus(365, ChronoUnit.DAYS);
        return good ? ok(Map.of("value", TOKEN, "expiresAt", end.toString())) : CannedAnswer.of(401);
    }

    private static CannedAnswer served(
            String service, ReceivedRequest asked, Function<ReceivedRequest, CannedAnswer> answer) {
        if (asked.path().startsWith("/internal/tasks/memberships/")) {
            ASKED.incrementAndGet();
        }
        if (!asked.header("Authorization").equals("Bearer " + TOKEN)) {
            return CannedAnswer.of(401);
        }
        return SILENT.contains(service) ? CannedAnswer.of(503) : answer.apply(asked);
    }

    private static CannedAnswer users(ReceivedRequest asked) {
        List<Map<String, String>> users = new ArrayList<>();
        for (JsonNode id : json(asked).path("ids")) {
            String name = NAMES.get(id.asText());
            if (name != null) {
                users.add(Map.of("id", id.asText(), "name", name, "unknown", "of later versions"));
            }
        }
        return ok(Map.of("items", users));
    }

    private static CannedAnswer memberships(ReceivedRequest asked) {
        String user = asked.path().split("/", -1)[4];
        List<Map<String, String>> seen = new ArrayList<>();
        for (JsonNode task : json(asked).path("tasks")) {
            Map<String, String> access = inTask(user, task.asText());
            if (!access.isEmpty()) {
                seen.add(access);
            }
        }
        return ok(Map.of("items", seen));
    }

    private static CannedAnswer membership(ReceivedRequest asked) {
        String[] query = asked.query().split("=", -1);
        Map<String, String> access =
                query[0].equals("task") ? inTask(asked.last(), query[1]) : inProject(asked.last(), query[1], "");
        Runnable now = meanwhile;
        meanwhile = () -> {};
        now.run();
        return access.isEmpty() ? CannedAnswer.of(404) : ok(access);
    }

    private static Map<String, String> inTask(String user, String task) {
        String project = TASKS.get(task);
        return project == null || TRASH.contains(task) ? Map.of() : inProject(user, project, task);
    }

    private static Map<String, String> inProject(String user, String project, String task) {
        String role = MEMBERS.getOrDefault(project, Map.of()).get(user);
        if (role == null || TRASH.contains(project)) {
            return Map.of();
        }
        return task.isEmpty()
                ? Map.of("project", project, "role", role)
                : Map.of("task", task, "project", project, "role", role);
    }

    private static CannedAnswer projects(ReceivedRequest asked) {
        return ok(Map.of(
                "items",
                MEMBERS.entrySet().stream()
                        .filter(project -> project.getValue().containsKey(asked.last()))
                        .filter(project -> !TRASH.contains(project.getKey()))
                        .map(project -> Map.of("id", project.getKey(), "name", "Garden"))
                        .toList()));
    }

    private static CannedAnswer members(ReceivedRequest asked) {
        String project = asked.path().split("/", -1)[4];
        return ok(Map.of(
                "items",
                MEMBERS.getOrDefault(project, Map.of()).entrySet().stream()
                        .map(member -> Map.of("userId", member.getKey(), "role", member.getValue()))
                        .toList()));
    }

    private static CannedAnswer ok(Object body) {
        try {
            return CannedAnswer.ok(JSON.writeValueAsString(body));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JsonNode json(ReceivedRequest asked) {
        try {
            return JSON.readTree(asked.body());
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
