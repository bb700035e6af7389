package tarn.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FaultProxy;

/// Identity, and two processes of tasks: the first one behind a network that a test can break.
public final class TwoOfTasks implements QuarkusTestResourceLifecycleManager {

    static final FakeService FIRST = new FakeService();
    static final FakeService SECOND = new FakeService();
    static final FaultProxy NETWORK = FaultProxy.before(FIRST.url());

    private static final AtomicInteger DONE = new AtomicInteger();

    private final PretendIdentity pretend = new PretendIdentity();
    private final FakeService identity = new FakeService();

    @Override
    public Map<String, String> start() {
        identity.on("GET", "/health/ready", _ -> CannedAnswer.ok("{}"))
                .on("GET", "/.well-known/jwks.json", _ -> CannedAnswer.ok(pretend.keys()))
                .on("POST", "/internal/identity/service-tokens", _ -> CannedAnswer.ok(pretend.serviceToken()))
                .on(
                        "POST",
                        "/internal/identity/access-tokens",
                        asked -> CannedAnswer.ok(Objects.requireNonNull(pretend.exchange(asked.body()))))
                .on("GET", "/internal/identity/revocations", _ -> CannedAnswer.ok(pretend.revocations(0)));
        wellBehaved();
        return Map.of(
                "tarn.route.identity",
                identity.url().toString(),
                "tarn.route.tasks",
                NETWORK.url() + "," + SECOND.url());
    }

    /// Both answer with what they were sent.
    static void wellBehaved() {
        DONE.set(0);
        NETWORK.set(new FaultProxy.Passing());
        for (FakeService tasks : new FakeService[] {FIRST, SECOND}) {
            tasks.on("GET", "/health/ready", _ -> CannedAnswer.ok("{}"));
            for (String method : new String[] {"GET", "POST", "PATCH", "PUT"}) {
                tasks.on(method, "/api/tasks/", asked -> {
                    DONE.incrementAndGet();
                    return CannedAnswer.ok("{\"body\": \"" + asked.body().length() + "\"}");
                });
            }
        }
    }

    /// Requests that either has worked on since [#wellBehaved].
    static int done() {
        return DONE.get();
    }

    @Override
    public void stop() {
        identity.close();
        NETWORK.close();
        FIRST.close();
        SECOND.close();
    }
}
