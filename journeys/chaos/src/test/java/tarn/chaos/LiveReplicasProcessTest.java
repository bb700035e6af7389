package tarn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.Program;
import tarn.testing.TestRedis;

/// Live streams with two gateways and two workers, which share presence in a Redis.
@Tag("long")
class LiveReplicasProcessTest {

    private static final String PASSWORD = "granite lake 42 northwind";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(50);
    private static final int CHANGES_BEFORE = 20;
    private static final int CHANGES_AFTER = 100;

    private record SignedInUser(String id, String token) {

        Api at(URI gateway) {
            return Api.at(gateway).bearer(token);
        }
    }

    @Test
    void nothingIsMissedWhenAWorkerIsKilled() {
        try (TestRedis redis = TestRedis.start()) {
            Program program = Program.startTwoOfEach(Map.of(
                    "JDK_JAVA_OPTIONS",
                    "-XX:TieredStopAtLevel=1",
                    "TARN_RATE_LIMIT",
                    "100000",
                    "TARN_REDIS_URL",
                    redis.url().toString(),
                    "TEST_COVERAGE",
                    "none"));
            try {
                follow(program);
            } finally {
                program.remove();
            }
        }
    }

    private static void follow(Program program) {
        URI first = program.gateways().getFirst();
        SignedInUser ada = signedIn(first, "ada");
        SignedInUser grace = signedIn(first, "grace");
        Api second = ada.at(program.gateways().getLast());
        String project = made(second, "/api/projects", Map.of("name", "Garden"));
        String secret = second.post("/api/invitations", Map.of("projectId", project, "role", "viewer"))
                .at("/secret");
        assertThat(grace.at(first)
                        .post("/api/invitations/acceptance", Map.of("secret", secret))
                        .status())
                .isEqualTo(200);
        String task = made(second, "/api/tasks", Map.of("projectId", project, "title", "Rake"));
        String path = "/api/live?lookingAt=" + project;

        // A gateway asks workers in turns: two streams one after the other are at different ones.
        try (LiveReader hers = new LiveReader(List.of(grace.at(first)), path)) {
            Eventually.within(SOON, () -> hers.connections().size() == 1);
            try (LiveReader his = new LiveReader(List.of(ada.at(first)), path)) {
                Eventually.within(SOON, () -> his.connections().size() == 1);
                Eventually.within(SOON, () -> isTold(his, ada, grace) && isTold(hers, ada, grace));

                List<Integer> versions = new ArrayList<>();
                for (int i = 0; i < CHANGES_BEFORE; i++) {
                    int version = change(second, task, i);
                    versions.add(version);
                    Eventually.within(
                            SECOND,
                            () -> versions(hers, task).contains(version)
                                    && versions(his, task).contains(version));
                }
                program.processes("worker").getFirst().destroyForcibly();
                for (int i = 0; i < CHANGES_AFTER; i++) {
                    versions.add(change(second, task, i));
                    LockSupport.parkNanos(BETWEEN_CHANGES.toNanos());
                }

                int last = versions.getLast();
                Eventually.within(
                        SOON,
                        () -> versions(hers, task).contains(last)
                                && versions(his, task).contains(last));
                assertThat(hers.connections().size() + his.connections().size())
                        .as("one of two streams was at the killed worker")
                        .isEqualTo(3);
                assertThat(versions(hers, task)).isEqualTo(versions);
                assertThat(versions(his, task)).isEqualTo(versions);
            }
        }
    }

    /// Versions of the task in the order in which they were told.
    private static List<Integer> versions(LiveReader reader, String task) {
        return reader.events().stream()
                .filter(event -> event.is("task.changed")
                        && event.data().path("id").asText().equals(task))
                .map(event -> event.data().path("version").asInt())
                .toList();
    }

    private static boolean isTold(LiveReader reader, SignedInUser... users) {
        return reader.events().stream()
                .filter(event -> event.name().equals("presence"))
                .anyMatch(event -> List.of(users).stream()
                        .allMatch(user -> event.data().path("users").toString().contains(user.id())));
    }

    private static int change(Api api, String task, int number) {
        Api.Answer changed = api.patch("/api/tasks/" + task, Map.of("priority", number % 2 == 0 ? "high" : "low"));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        return changed.json().path("version").asInt();
    }

    private static String made(Api api, String path, Map<String, ?> draft) {
        Api.Answer made = api.post(path, draft);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.at("/id");
    }

    private static SignedInUser signedIn(URI gateway, String name) {
        Api anonymous = Api.at(gateway);
        String email = name + "@example.test";
        assertThat(anonymous
                        .post("/api/users", Map.of("name", name, "email", email, "password", PASSWORD))
                        .status())
                .isEqualTo(201);
        Api.Answer session =
                anonymous.post("/api/sessions", Map.of("email", email, "password", PASSWORD, "grant", "token"));
        return new SignedInUser(session.at("/user/id"), session.at("/accessToken"));
    }
}
