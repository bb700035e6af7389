package tarn.tasks;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tarn.testing.DatabaseResource;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FakeService.ReceivedRequest;

/// The part of identity that tasks asks: everybody is registered there but [#NOBODY] and invited by
/// everybody but [#RECLUSE], the account of [#CLOSED] is closed, and it breaks when it is asked for
/// [#TROUBLE].
public final class WelcomingIdentity implements QuarkusTestResourceLifecycleManager {

    static final UUID NOBODY = UUID.fromString("0190a000-0000-7000-8000-00000000dead");
    static final UUID RECLUSE = UUID.fromString("0190a000-0000-7000-8000-0000000001ce");
    static final UUID CLOSED = UUID.fromString("0190a000-0000-7000-8000-0000000c105e");
    static final UUID TROUBLE = UUID.fromString("0190a000-0000-7000-8000-0000000bad00");

    private static final String TOKEN = "a-service-token";

    private final FakeService identity = new FakeService()
            .on("POST", "/internal/identity/service-tokens", WelcomingIdentity::signIn)
            .on("GET", "/internal/identity/users/", WelcomingIdentity::user)
            .on("POST", "/internal/identity/users/time-zones", WelcomingIdentity::zones);

    @Override
    public Map<String, String> start() {
        return Map.of("tarn.route.identity", identity.url().toString());
    }

    @Override
    public void stop() {
        identity.close();
    }

    private static CannedAnswer signIn(ReceivedRequest asked) {
        String credential = "tasks:" + DatabaseResource.key("tasks");
        String basic = Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
        Instant end = Instant.now().plus(365, ChronoUnit.DAYS);
        return asked.header("Authorization").equals("Basic " + basic)
                ? CannedAnswer.ok("{\"value\":\"" + TOKEN + "\",\"expiresAt\":\"" + end + "\"}")
                : CannedAnswer.of(401);
    }

    /// All are in Berlin.
    private static CannedAnswer zones(ReceivedRequest asked) {
        if (asked.body().contains(TROUBLE.toString())) {
            return CannedAnswer.of(503);
        }
        String items = Pattern.compile("[0-9a-f-]{36}")
                .matcher(asked.body())
                .results()
                .map(id -> "{\"id\":\"" + id.group() + "\",\"timeZone\":\"Europe/Berlin\"}")
                .collect(Collectors.joining(","));
        return CannedAnswer.ok("{\"items\":[" + items + "],\"nextCursor\":null}");
    }

    private static CannedAnswer user(ReceivedRequest asked) {
        if (!asked.header("Authorization").equals("Bearer " + TOKEN)) {
            return CannedAnswer.of(401);
        }
        String id = asked.last();
        boolean invited = !id.equals(RECLUSE.toString()) || asked.query().isEmpty();
        if (id.equals(NOBODY.toString()) || !invited) {
            return CannedAnswer.of(404);
        }
        return id.equals(TROUBLE.toString())
                ? CannedAnswer.of(500)
                : CannedAnswer.ok("{\"id\":\"" + id + "\",\"name\":\"Somebody\",\"closed\":"
                        + id.equals(CLOSED.toString()) + "}");
    }
}
