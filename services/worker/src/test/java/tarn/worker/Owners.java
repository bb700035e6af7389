package tarn.worker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FakeService.ReceivedRequest;
import tarn.testing.TestRedis;

/// The services that own the rows of the jobs: each job counts what a test has said. And a Redis.
public final class Owners implements QuarkusTestResourceLifecycleManager {

    /// What a job does, as JSON, by its name.
    static final Map<String, String> COUNTS = new ConcurrentHashMap<>();

    /// Services that refuse.
    static final Set<String> DOWN = ConcurrentHashMap.newKeySet();

    /// Jobs that a later run has taken.
    static final Set<String> TAKEN_OVER = ConcurrentHashMap.newKeySet();

    /// Jobs that a test does itself, by their names.
    static final Map<String, Function<ReceivedRequest, CannedAnswer>> DONE_BY_TEST = new ConcurrentHashMap<>();

    /// The projects of users.
    static final Map<UUID, Set<UUID>> PROJECTS = new ConcurrentHashMap<>();

    private @Nullable TestRedis redis;

    private static final FakeService SERVICES = new FakeService()
            .on(
                    "POST",
                    "/internal/identity/service-tokens",
                    _ -> CannedAnswer.ok("""
                    {"value": "a-service-token", "expiresAt": "%s"}""".formatted(Instant.now().plus(365, ChronoUnit.DAYS))))
            .on("POST", "/internal/identity/jobs/", Owners::job)
            .on("POST", "/internal/tasks/jobs/", Owners::job)
            .on("POST", "/internal/posts/jobs/", Owners::job)
            .on("POST", "/internal/worker/jobs/", Owners::job)
            .on("POST", "/internal/posts/purges", Owners::job)
            .on("GET", "/internal/tasks/memberships/", Owners::projects);

    @Override
    public Map<String, String> start() {
        String address = SERVICES.url().toString();
        TestRedis started = TestRedis.start();
        redis = started;
        return Map.of(
                "tarn.route.identity", address,
                "tarn.route.tasks", address,
                "tarn.route.posts", address,
                "tarn.route.worker", address,
                "tarn.redis.url", started.url().toString());
    }

    @Override
    public void stop() {
        SERVICES.close();
        if (redis != null) {
            redis.close();
        }
    }

    /// The requests for a job so far.
    static Stream<ReceivedRequest> asked(String job) {
        return SERVICES.asked().stream().filter(asked -> asked.path().endsWith("/jobs/" + job));
    }

    /// What posts was asked to delete, as JSON.
    static Stream<String> purged() {
        return SERVICES.asked().stream()
                .filter(asked -> asked.path().endsWith("/purges"))
                .map(ReceivedRequest::body);
    }

    static void answer() {
        DOWN.clear();
        TAKEN_OVER.clear();
        COUNTS.clear();
        DONE_BY_TEST.clear();
    }

    private static CannedAnswer projects(ReceivedRequest asked) {
        if (DOWN.contains("tasks")) {
            return CannedAnswer.of(503);
        }
        UUID user = UUID.fromString(asked.path().split("/", -1)[4]);
        return CannedAnswer.ok(PROJECTS.getOrDefault(user, Set.of()).stream()
                .map(project -> '"' + project.toString() + '"')
                .collect(Collectors.joining(",", "{\"ids\":[", "]}")));
    }

    private static CannedAnswer job(ReceivedRequest asked) {
        if (!asked.header("Authorization").equals("Bearer a-service-token")) {
            return CannedAnswer.of(401);
        }
        if (DOWN.contains(asked.path().split("/", -1)[2])) {
            return new CannedAnswer(422, "{\"code\": \"invalid\", \"detail\": \"The rows are odd.\"}");
        }
        if (TAKEN_OVER.contains(asked.last())) {
            return new CannedAnswer(409, "{\"code\": \"superseded\", \"detail\": \"A later run has begun.\"}");
        }
        Function<ReceivedRequest, CannedAnswer> own = DONE_BY_TEST.get(asked.last());
        if (own != null) {
            return own.apply(asked);
        }
        return CannedAnswer.ok("{\"counts\": " + COUNTS.getOrDefault(asked.last(), "{}") + ", \"more\": false}");
    }
}
