package tarn.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FeedLagTest {

    private static final String READER = "reader";

    @Test
    void countsWhatAConsumerThatIsNotRunningHasNotHandled() throws SQLException {
        FeedWorld world = FeedWorld.named("lag_stopped");
        assertThat(world.lag(READER)).isEqualTo(FeedLag.NONE);
        world.run((connection, _) -> {
            write(world, "two", 600, "2 hours");
            write(world, "one", 1, "1 hour");
            assertLag(world.lag(READER), 601, 7_200);

            Feed feed = world.feed(connection, READER);
            feed.advance(Objects.requireNonNull(feed.read()));
            assertLag(world.lag(READER), 101, 7_200);
            assertLag(world.lag("lake"), 601, 7_200);

            world.read(READER);
            assertThat(world.lag(READER)).isEqualTo(FeedLag.NONE);
            assertLag(world.lag("lake"), 601, 7_200);
        });
    }

    @Test
    void countsWhatIsWrittenWhileAWindowIsRead() throws SQLException {
        FeedWorld world = FeedWorld.named("lag_window");
        world.run((late, writing) -> world.run((connection, _) -> {
            write(world, "one", 10, "1 hour");
            late.setAutoCommit(false);
            writing.execute(FeedWorld.event("two", "late"));
            write(world, "two", 600, "1 minute");
            Feed feed = world.feed(connection, READER);
            feed.advance(Objects.requireNonNull(feed.read()));
            assertLag(world.lag(READER), 110, 60);

            write(world, "one", 3, "1 second");
            late.commit();

            assertLag(world.lag(READER), 114, 60);
            world.read(READER);
            assertThat(world.lag(READER)).isEqualTo(FeedLag.NONE);
        }));
    }

    @Test
    void countsUpToALimitInEachOutbox() throws SQLException {
        FeedWorld world = FeedWorld.named("lag_limit");
        write(world, "one", 300, "1 hour");
        write(world, "two", 50, "1 minute");

        world.run((connection, _) -> assertLag(
                new FeedLagStore(FeedWorld.sql(connection), world.clock(), FeedWorld.CONSUMING, FeedWorld.OUTBOXES, 100)
                        .of(READER),
                150,
                3_600));
    }

    @Test
    void countsWhatWasWrittenAfterAChangeOfCluster() throws SQLException {
        FeedWorld world = FeedWorld.named("lag_epoch");
        write(world, "one", 2, "2 hours");
        world.read(READER);
        world.run((_, statement) -> {
            statement.execute("update one.outbox_epoch set epoch = 2");
            statement.execute("update two.outbox_epoch set epoch = 2");
            write(world, "two", 3, "1 hour");
            statement.execute("update two.outbox set epoch = 2");
        });

        assertLag(world.lag(READER), 3, 3_600);
    }

    @Test
    void isNothingForARetiredConsumerAndUnknownForACursorAheadOfTheData() throws SQLException {
        FeedWorld world = FeedWorld.named("lag_retired");
        write(world, "one", 2, "1 hour");
        world.read(READER);
        assertLag(world.lag("lake"), 2, 3_600);

        world.retire("lake");

        assertThat(world.lag("lake")).isEqualTo(FeedLag.NONE);
        world.run((_, statement) ->
                statement.execute("update three.feed_cursor set snapshot = '9000000000:9000000000:'"));
        world.run((connection, _) -> assertThatThrownBy(() -> new FeedLagStore(
                                FeedWorld.sql(connection), world.clock(), FeedWorld.CONSUMING, FeedWorld.OUTBOXES)
                        .of(READER))
                .isInstanceOf(FeedFailure.class)
                .hasMessageContaining("ahead of the events"));
    }

    private static void write(FeedWorld world, String outbox, int events, String ago) {
        world.run((_, statement) -> statement.execute("insert into " + outbox + ".outbox"
                + " (id, type, schema, aggregate_type, aggregate_id, occurred_at, payload)"
                + " select gen_random_uuid(), 'row.changed', 1, 'row', gen_random_uuid(), now() - interval '" + ago
                + "', '{}' from generate_series(1, " + events + ")"));
    }

    private static void assertLag(FeedLag lag, long events, double seconds) {
        assertThat(lag.events()).isEqualTo(events);
        assertThat(lag.seconds()).isBetween(seconds, seconds + 60);
    }
}
