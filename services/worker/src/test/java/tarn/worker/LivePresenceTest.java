package tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tarn.platform.event.FeedCursor;
import tarn.platform.redis.SharedRedis;
import tarn.testing.DatabaseResource;
import tarn.testing.Eventually;
import tarn.testing.FaultProxy;
import tarn.testing.FaultyRedis;

/// Workers share in Redis who looks at a project, and each knows its own while Redis does not answer.
@QuarkusTest
@WithTestResource(
        value = DatabaseResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "services", value = "worker"))
@WithTestResource(value = Owners.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(FaultyRedis.class)
final class LivePresenceTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    /// Set by [FaultyRedis].
    @SuppressWarnings("NullAway.Init")
    FaultProxy network;

    @Inject
    SharedRedis redis;

    private final UUID project = UUID.randomUUID();

    /// A user who looks at the project, connected to a worker.
    private final class Looker {

        private final UUID user = UUID.randomUUID();
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final LiveStream stream = new LiveStream(
                user,
                Set.of(project),
                FeedCursor.at(1, "1:1:"),
                new LiveStream.Output(
                        text -> {
                            told.add(text);
                            return CompletableFuture.completedFuture(null);
                        },
                        () -> {},
                        () -> false));

        boolean isTold(UUID... users) {
            return told.stream().anyMatch(text -> List.of(users).stream().allMatch(id -> text.contains(id.toString())));
        }
    }

    private void tick(LivePresence worker, Looker... lookers) {
        worker.tick(Map.of(
                project, List.of(lookers).stream().map(looker -> looker.stream).toList()));
    }

    @AfterEach
    void repair() {
        network.set(new FaultProxy.Passing());
    }

    @Test
    void tellsOfThoseAtOtherWorkers() {
        Looker ada = new Looker();
        Looker grace = new Looker();

        // Redis may be slower than its timeout at first; a worker asks again after 10 s, a new one at once.
        Eventually.within(SOON, () -> {
            tick(new LivePresence(redis), ada);
            tick(new LivePresence(redis), grace);
            return grace.isTold(ada.user, grace.user);
        });
    }

    @Test
    void tellsOfItsOwnWithoutRedis() {
        network.set(new FaultProxy.Blackhole());
        Looker ada = new Looker();
        Looker grace = new Looker();
        LivePresence worker = new LivePresence(redis);

        tick(worker, ada);
        Eventually.within(SOON, () -> ada.isTold(ada.user));
        tick(worker, ada, grace);

        assertThat(grace.isTold(ada.user, grace.user)).isTrue();
        assertThat(ada.isTold(grace.user)).as("told every 10 s at most").isFalse();
    }
}
