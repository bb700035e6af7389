package tarn.identity;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FakeService.ReceivedRequest;

/// The part of tasks that identity asks: everybody may go, unless a test says otherwise.
public final class AgreeingTasks implements QuarkusTestResourceLifecycleManager {

    /// Who was taken out of every project.
    static final List<String> REMOVED = new CopyOnWriteArrayList<>();

    /// What it answers: 204, 409 as the last owner, 503.
    static volatile int status = 204;

    /// The one who owns every project; nobody does when it is empty.
    static volatile String owner = "";

    /// Who was admitted to a project, with the role and the key of the admission.
    static final List<String> ADMITTED = new CopyOnWriteArrayList<>();

    /// Admitted users who were taken out again.
    static final Set<String> GONE = new CopyOnWriteArraySet<>();

    /// Time that an admission takes.
    static volatile Duration admissionTime = Duration.ZERO;

    /// Keys of admissions under way; the same key meanwhile is refused.
    static final Set<String> UNDER_WAY = new CopyOnWriteArraySet<>();

    /// Users who share a project.
    static final Set<String> TEAM = new CopyOnWriteArraySet<>();

    /// Users who have left that project.
    static final Set<String> FORMER = new CopyOnWriteArraySet<>();

    private final FakeService tasks = new FakeService()
            .on("DELETE", "/internal/tasks/memberships/", AgreeingTasks::remove)
            .on("GET", "/internal/tasks/memberships/", AgreeingTasks::colleagues)
            .on("POST", "/internal/tasks/memberships/", AgreeingTasks::acquaintances)
            .on("GET", "/internal/tasks/projects/", AgreeingTasks::membership)
            .on("POST", "/internal/tasks/projects/", AgreeingTasks::admit);

    @Override
    public Map<String, String> start() {
        return Map.of("tarn.route.tasks", tasks.url().toString());
    }

    @Override
    public void stop() {
        tasks.close();
    }

    /// What an access token says; empty when there is none.
    private static String claims(String authorization) {
        String[] parts = authorization.split("\\.", -1);
        return parts.length == 3 ? new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8) : "";
    }

    private static CannedAnswer colleagues(ReceivedRequest asked) {
        return ids(isInTeam(asked) ? TEAM.stream() : Stream.empty());
    }

    private static CannedAnswer acquaintances(ReceivedRequest asked) {
        return ids(
                isInTeam(asked)
                        ? Stream.concat(TEAM.stream(), FORMER.stream()).filter(asked.body()::contains)
                        : Stream.empty());
    }

    private static boolean isInTeam(ReceivedRequest asked) {
        return TEAM.contains(asked.path().split("/", -1)[4]);
    }

    private static CannedAnswer ids(Stream<String> ids) {
        return status == 503
                ? CannedAnswer.of(503)
                : CannedAnswer.ok("{\"ids\":[" + ids.map(id -> '"' + id + '"').collect(Collectors.joining(",")) + "]}");
    }

    private static CannedAnswer membership(ReceivedRequest asked) {
        if (status == 503) {
            return CannedAnswer.of(503);
        }
        if (asked.last().equals(owner)) {
            return CannedAnswer.ok("{\"projectName\":\"Hut\",\"role\":\"owner\"}");
        }
        boolean isMember =
                ADMITTED.stream().anyMatch(one -> one.contains(asked.last())) && !GONE.contains(asked.last());
        return isMember ? CannedAnswer.ok("{\"projectName\":\"Hut\",\"role\":\"editor\"}") : CannedAnswer.of(404);
    }

    private static CannedAnswer admit(ReceivedRequest asked) {
        if (status != 204) {
            return CannedAnswer.of(503);
        }
        String key = asked.header("Idempotency-Key");
        if (!UNDER_WAY.add(key)) {
            return new CannedAnswer(409, "{\"code\":\"idempotency-in-flight\"}");
        }
        try {
            var _ = new CountDownLatch(1).await(admissionTime.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            UNDER_WAY.remove(key);
        }
        if (owner.isEmpty() || !asked.body().contains("\"invitedBy\":\"" + owner)) {
            return CannedAnswer.of(409);
        }
        ADMITTED.add(asked.header("Idempotency-Key") + " " + asked.body().replaceAll(".*\"role\":\"(\\w+)\".*", "$1"));
        return CannedAnswer.ok("{}");
    }

    private static CannedAnswer remove(ReceivedRequest asked) {
        if (!claims(asked.header("Authorization")).contains("\"sub\":\"identity\"")) {
            return CannedAnswer.of(401);
        }
        if (status != 204) {
            return new CannedAnswer(status, "{\"code\":\"last-owner\",\"detail\":\"Others need one.\"}");
        }
        REMOVED.add(asked.last());
        return CannedAnswer.of(204);
    }
}
