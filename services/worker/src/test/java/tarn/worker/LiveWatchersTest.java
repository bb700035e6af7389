package tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tarn.platform.event.FeedCursor;

/// Who is taken out of a project while streams begin is told nothing further of it, whichever
/// question was asked before.
final class LiveWatchersTest {

    private static final Instant NOW = Instant.parse("2026-11-29T20:15:00Z");

    private final UUID user = UUID.randomUUID();
    private final UUID garden = UUID.randomUUID();
    private final UUID house = UUID.randomUUID();
    private final LiveWatchers watchers = new LiveWatchers();
    private final List<String> told = new ArrayList<>();

    private LiveStream opened() {
        LiveStream stream = new LiveStream(
                user,
                Set.of(),
                FeedCursor.at(1, "1:1:"),
                new LiveStream.Output(
                        text -> {
                            told.add(text);
                            return CompletableFuture.completedFuture(null);
                        },
                        () -> {},
                        () -> false));
        watchers.add(stream, NOW);
        return stream;
    }

    private void deliver(LiveChange... changes) {
        watchers.deliver(new LiveWatchers.Batch(List.of(changes), "before", "after"));
    }

    private void takeOut(UUID project) {
        deliver(new LiveChange(project, "{\"taken out of\":\"" + project + "\"}", user, false));
    }

    private void change(UUID project) {
        deliver(new LiveChange(project, "{\"changed in\":\"" + project + "\"}", null, false));
    }

    @Test
    void aRemovalBetweenQuestionAndAnswerCounts() {
        LiveStream stream = opened();
        takeOut(garden);

        watchers.learn(stream, Set.of(garden, house));
        watchers.begin(stream);
        change(garden);
        change(house);

        assertThat(told.toString()).contains("changed in\":\"" + house).doesNotContain("changed in\":\"" + garden);
    }

    @Test
    void theAnswerForAStreamThatHasGoneIsOfNoUseToOthers() {
        LiveStream first = opened();
        LiveStream second = opened();
        takeOut(garden);
        change(garden);
        watchers.remove(first);

        watchers.learn(first, Set.of(garden, house));
        assertThat(watchers.knows(user)).as("asked anew for the other").isFalse();
        watchers.learn(second, Set.of(house));
        watchers.begin(second);
        change(garden);
        change(house);

        assertThat(told.toString()).contains("changed in\":\"" + house).doesNotContain("changed in\":\"" + garden);
    }

    @Test
    void theAnswerForAStreamThatHasGoneIsOfNoUseToLaterOnes() {
        LiveStream first = opened();
        takeOut(garden);
        watchers.remove(first);
        LiveStream later = opened();

        watchers.learn(first, Set.of(garden));

        assertThat(watchers.knows(user)).isFalse();
        watchers.learn(later, Set.of());
        assertThat(watchers.projects(user)).isEmpty();
    }
}
