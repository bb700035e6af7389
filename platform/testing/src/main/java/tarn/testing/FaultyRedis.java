package tarn.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Starts a Redis for `@QuarkusTest` behind a [FaultProxy], which is injected into the test's field
/// of that type.
public final class FaultyRedis implements QuarkusTestResourceLifecycleManager {

    private @Nullable TestRedis redis;
    private @Nullable FaultProxy network;

    @Override
    public Map<String, String> start() {
        TestRedis started = TestRedis.start();
        redis = started;
        FaultProxy proxy = FaultProxy.before(started.url());
        network = proxy;
        return Map.of("tarn.redis.url", proxy.url().toString());
    }

    @Override
    public void inject(TestInjector test) {
        test.injectIntoFields(Objects.requireNonNull(network), new TestInjector.MatchesType(FaultProxy.class));
    }

    @Override
    public void stop() {
        if (network != null) {
            network.close();
        }
        if (redis != null) {
            redis.close();
        }
    }
}
