package tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tarn.platform.event.FeedCursor;

final class LiveStreamTest {

    private static final UUID USER = UUID.randomUUID();
    private static final UUID PROJECT = UUID.randomUUID();

    /// A client that reads when it is told to.
    private static final class SlowClient {

        private final Queue<CompletableFuture<Void>> unread = new ArrayDeque<>();
        private boolean ended;

        private CompletionStage<Void> write() {
            CompletableFuture<Void> read = new CompletableFuture<>();
            unread.add(read);
            return read;
        }

        LiveStream.Output output() {
            return new LiveStream.Output(_ -> write(), () -> ended = true, () -> false);
        }
    }

    @Test
    void keepsABoundedAmountForASlowClient() {
        SlowClient client = new SlowClient();
        LiveStream stream = new LiveStream(USER, Set.of(), FeedCursor.at(1, "1:1:"), client.output());
        String half = "x".repeat(LiveStream.MAX_PENDING / 2);

        stream.write(half);
        stream.write(half);
        client.unread.remove().complete(null);
        stream.write(half);
        stream.write(half);
        assertThat(client.ended).isFalse();
        stream.write(half);

        assertThat(client.ended).isTrue();
        assertThat(client.unread).hasSize(3);
    }

    @Test
    void onlyTheLastOfABatchHasThePositionAfterIt() {
        LiveChange first = new LiveChange(PROJECT, "{}", null, true);
        LiveChange other = new LiveChange(UUID.randomUUID(), "{}", null, true);
        LiveChange own = new LiveChange(PROJECT, "{}", USER, true);

        String text = LiveStream.messages(USER, Set.of(PROJECT), List.of(first, other, own, other), "before", "after");

        assertThat(text.lines().filter(line -> line.startsWith("id: ") || line.startsWith("event: ")))
                .containsExactly(
                        "event: change", "id: before", "event: access", "id: before", "event: change", "id: after");
    }
}
