package tarn.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import tarn.platform.database.DatabaseUrl;
import tarn.platform.problem.Refusal;
import tarn.testing.Eventually;

class FeedTest {

    private static final String READER = "reader";

    /// A new database for a test.
    FeedWorld world(String name) throws SQLException {
        return FeedWorld.named(name);
    }

    @Test
    void deliversChangesOfARowInTheirOrder() throws SQLException {
        FeedWorld world = world("feed_order");
        List<String> byTransaction = new ArrayList<>();
        List<String> delivered = new ArrayList<>();
        world.run((mover, moving) -> world.run((completer, completing) -> {
            moving.execute("create table one.task (id integer primary key)");
            moving.execute("insert into one.task values (1)");
            // The mover takes its transaction id first, then waits for the row.
            mover.setAutoCommit(false);
            moving.execute("select pg_current_xact_id()");
            completer.setAutoCommit(false);
            completing.execute("update one.task set id = id");
            completing.execute(FeedWorld.event("one", "task.completed"));
            try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
                Future<?> done = threads.submit(() -> {
                    moving.execute("update one.task set id = id");
                    moving.execute(FeedWorld.event("one", "task.moved"));
                    return null;
                });
                completer.commit();
                done.get();
            }
            delivered.addAll(world.read(READER));
            assertThat(delivered).containsExactly("task.completed");
            mover.commit();
            delivered.addAll(world.read(READER));
            byTransaction.addAll(texts(completing, "select type from one.outbox order by tx, seq"));
            completer.commit();
        }));

        assertThat(delivered).containsExactly("task.completed", "task.moved");
        assertThat(world.read("late")).containsExactly("task.completed", "task.moved");
        assertThat(byTransaction).containsExactly("task.moved", "task.completed");
    }

    @Test
    void losesNothingThatCommitsLate() throws SQLException {
        FeedWorld world = world("feed_late");
        List<String> naive = new ArrayList<>();
        List<String> delivered = new ArrayList<>();
        world.run((late, writing) -> world.run((_, other) -> {
            late.setAutoCommit(false);
            writing.execute(FeedWorld.event("one", "late"));
            other.execute(FeedWorld.event("one", "early"));
            other.execute(FeedWorld.event("two", "elsewhere"));
            delivered.addAll(world.read(READER));
            naive.addAll(texts(other, "select type from one.outbox where seq > 0 order by seq"));
            String last = texts(other, "select max(seq) from one.outbox").getFirst();
            late.commit();
            delivered.addAll(world.read(READER));
            naive.addAll(texts(other, "select type from one.outbox where seq > " + last + " order by seq"));
        }));

        assertThat(delivered).containsExactly("early", "elsewhere", "late");
        assertThat(naive).containsExactly("early");
        assertThat(world.read(READER)).isEmpty();
    }

    @Test
    void goesOnWhereItWasInAWindowOfManyBatches() throws SQLException {
        FeedWorld world = world("feed_batches");
        world.run((_, statement) -> {
            for (String outbox : FeedWorld.OUTBOXES) {
                statement.execute("insert into " + outbox + ".outbox"
                        + " (id, type, schema, aggregate_type, aggregate_id, occurred_at, payload) select"
                        + " gen_random_uuid(), '" + outbox + "-' || n, 1, 'row', gen_random_uuid(), now(), '{}'"
                        + " from generate_series(1, 1250) as n");
            }
        });
        List<String> types = new ArrayList<>();
        for (boolean more = true; more; ) {
            List<String> some = new ArrayList<>();
            // A reader of its own for each batch: what it knows is in the cursor.
            world.run((connection, _) -> {
                Feed feed = world.feed(connection, READER);
                FeedBatch batch = feed.read();
                if (batch != null) {
                    batch.events().forEach(event -> some.add(event.type()));
                    assertThat(feed.advance(batch)).isTrue();
                    assertThat(feed.advance(batch)).as("handled already").isFalse();
                }
            });
            assertThat(some).hasSizeLessThanOrEqualTo(Feed.BATCH);
            types.addAll(some);
            more = !some.isEmpty();
        }

        List<String> expected = new ArrayList<>();
        FeedWorld.OUTBOXES.forEach(outbox -> {
            for (int n = 1; n <= 1250; n++) {
                expected.add(outbox + "-" + n);
            }
        });
        assertThat(types).isEqualTo(expected);
    }

    @Test
    void beginsAtNowWithoutACursorAndReadsAgainWhatWasMissed() throws SQLException {
        FeedWorld world = world("feed_from_now");
        world.run((late, writing) -> world.run((connection, statement) -> {
            statement.execute(FeedWorld.event("one", "before"));
            late.setAutoCommit(false);
            writing.execute(FeedWorld.event("one", "late"));
            Feed feed = Feed.fromNow(FeedWorld.sql(connection), READER, FeedWorld.OUTBOXES);
            FeedCursor begin = feed.cursor();
            statement.execute(FeedWorld.event("two", "after"));
            List<String> delivered = new ArrayList<>(types(feed));
            late.commit();
            delivered.addAll(types(feed));

            assertThat(delivered).containsExactly("after", "late");
            assertThat(texts(statement, "select count(*) from three.feed_cursor"))
                    .containsExactly("0");
            FeedReplay replay = new FeedReplay(FeedWorld.sql(connection), FeedWorld.OUTBOXES);
            assertThat(replay.between(begin, feed.cursor(), 2))
                    .extracting(DeliveredEvent::type)
                    .containsExactly("late", "after");
            assertThat(replay.between(begin, feed.cursor(), 1)).as("too many").isNull();
            assertThat(replay.between(feed.cursor(), feed.cursor(), 1)).isEmpty();
            assertThatThrownBy(() -> replay.between(FeedCursor.at(1, "900000000000:900000000000:"), feed.cursor(), 1))
                    .isInstanceOf(Refusal.Malformed.class);
        }));
    }

    private static List<String> types(Feed feed) {
        FeedBatch batch = feed.read();
        if (batch == null) {
            return List.of();
        }
        feed.advance(batch);
        return batch.events().stream().map(DeliveredEvent::type).toList();
    }

    @Test
    void writesNothingWhenNothingIsNew() throws SQLException {
        FeedWorld world = world("feed_idle");
        world.run((_, statement) -> statement.execute(FeedWorld.event("two", "one")));
        world.read(READER);

        world.run((connection, statement) -> {
            String before = texts(statement, "select pg_snapshot_xmax(pg_current_snapshot())")
                    .getFirst();
            Feed feed = world.feed(connection, READER);
            for (int i = 0; i < 50; i++) {
                assertThat(feed.read()).isNull();
            }
            assertThat(texts(statement, "select xmin::text from three.feed_cursor"))
                    .hasSize(1);
            assertThat(Long.parseLong(texts(statement, "select pg_snapshot_xmax(pg_current_snapshot())")
                                    .getFirst())
                            - Long.parseLong(before))
                    .as("transaction ids used by all tests of this server meanwhile")
                    .isLessThan(50);
        });
    }

    @Test
    void readsAnOutboxThatIsCreatedLater() throws SQLException {
        FeedWorld world = world("feed_later");
        world.run((connection, statement) -> {
            Feed feed = new Feed(
                    FeedWorld.sql(connection), world.clock(), FeedWorld.CONSUMING, READER, List.of("one", "four"));
            statement.execute(FeedWorld.event("one", "first"));
            assertThat(feed.advance(next(feed))).isTrue();
            statement.execute("create schema four");
            statement.execute("create table four.outbox (like one.outbox including all)");
            statement.execute("create table four.outbox_epoch as select * from one.outbox_epoch");
            statement.execute(FeedWorld.event("four", "second"));

            assertThat(next(feed).events()).extracting(DeliveredEvent::type).containsExactly("second");
        });
    }

    @Test
    void goesOnInTheNextEpochInAnotherCluster() throws Exception {
        FeedWorld world = world("feed_moved");
        world.run((_, statement) -> {
            statement.execute(FeedWorld.event("one", "read"));
            assertThat(world.read(READER)).containsExactly("read");
            statement.execute(FeedWorld.event("two", "unread"));
        });
        try (EmbeddedPostgres other = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .start()) {
            FeedWorld moved = FeedWorld.in(DatabaseUrl.parse(other.getJdbcUrl("postgres", "postgres")));
            for (String table : List.of(
                    "one.outbox",
                    "two.outbox",
                    "one.outbox_epoch",
                    "two.outbox_epoch",
                    "three.outbox_epoch",
                    "three.feed_cursor")) {
                copy(world, moved, table);
            }
            moved.run((connection, _) -> assertThatThrownBy(
                            () -> moved.feed(connection, READER).read())
                    .isInstanceOf(FeedFailure.class)
                    .hasMessageContaining("consumer reader")
                    .hasMessageContaining("./tarn migrate"));

            moved.setUp();
            moved.run((_, statement) -> statement.execute(FeedWorld.event("one", "new")));

            assertThat(moved.read(READER)).containsExactly("unread", "new");
            assertThat(moved.read("late")).containsExactly("read", "unread", "new");
            moved.run((_, statement) -> assertThat(
                            texts(statement, "select type || ' ' || epoch from one.outbox order by seq"))
                    .containsExactly("read 1", "new 2"));
        }
    }

    private static void copy(FeedWorld from, FeedWorld to, String table) {
        from.run((source, _) -> to.run((target, statement) -> {
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            source.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + table + " to stdout", rows);
            statement.execute("delete from " + table);
            target.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin", new StringReader(rows.toString(StandardCharsets.UTF_8)));
            if (table.endsWith(".outbox")) {
                statement.execute("select setval('" + table + "_seq_seq', 1000)");
            }
        }));
    }

    @Test
    void refusesACursorAheadOfTheData() throws SQLException {
        FeedWorld world = world("feed_ahead");
        world.run((connection, statement) -> {
            statement.execute(FeedWorld.event("one", "first"));
            world.read(READER);
            statement.execute("update three.feed_cursor set snapshot = '9000000000:9000000000:'");

            assertThatThrownBy(() -> world.feed(connection, READER).read())
                    .isInstanceOf(FeedFailure.class)
                    .hasMessageStartingWith("The consumer reader cannot read events: its cursor (epoch 1, snapshot"
                            + " 9000000000:9000000000:) is ahead of the events (epoch 1, snapshot ");
        });
    }

    @Test
    void keepsWhatTheSlowestConsumerHasNotTaken() throws SQLException {
        FeedWorld world = world("feed_retention");
        world.run((connection, statement) -> {
            OutboxRetention retention =
                    new OutboxRetention(FeedWorld.sql(connection), "one", world.clock(), Set.of(READER, "lake"));
            statement.execute(FeedWorld.event("one", "first"));
            world.clock().advance(Duration.ofDays(400));

            report(world, retention, READER);
            assertThat(retention.deleteTaken(100))
                    .as("the lake has never reported")
                    .isZero();

            report(world, retention, "lake");
            statement.execute(FeedWorld.event("one", "second"));
            report(world, retention, READER);
            assertThat(retention.deleteTaken(100)).isEqualTo(1);
            assertThat(texts(statement, "select type from one.outbox")).containsExactly("second");

            OutboxRetention alone =
                    new OutboxRetention(FeedWorld.sql(connection), "one", world.clock(), Set.of(READER));
            world.clock()
                    .advance(Duration.ofDays(-400)
                            .plus(OutboxRetention.KEPT_WITHOUT_LAKE)
                            .minusDays(1));
            assertThat(alone.deleteTaken(100)).as("not old enough").isZero();
            world.clock().advance(Duration.ofDays(2));
            assertThat(alone.deleteTaken(100)).isEqualTo(1);
        });
    }

    @Test
    void keepsNothingForAConsumerThatIsRetired() throws SQLException {
        FeedWorld world = world("feed_retired");
        world.run((connection, statement) -> {
            OutboxRetention retention =
                    new OutboxRetention(FeedWorld.sql(connection), "one", world.clock(), Set.of(READER, "lake"));
            statement.execute(FeedWorld.event("one", "first"));
            world.clock().advance(Duration.ofDays(400));
            report(world, retention, READER);
            assertThat(retention.deleteTaken(100)).isZero();

            world.retire("lake");

            assertThat(retention.deleteTaken(100)).isEqualTo(1);
            statement.execute(FeedWorld.event("one", "second"));
            assertThat(retention.deleteTaken(100))
                    .as("the reader has not taken it")
                    .isZero();
            assertThat(world.read("lake")).as("begins anew").containsExactly("second");
        });
    }

    @Test
    void keepsWhatWasWrittenEarlyAndCommittedLate() throws SQLException {
        FeedWorld world = world("feed_straggler");
        world.run((late, writing) -> world.run((connection, statement) -> {
            OutboxRetention retention =
                    new OutboxRetention(FeedWorld.sql(connection), "one", world.clock(), Set.of(READER));
            late.setAutoCommit(false);
            writing.execute(FeedWorld.event("one", "late"));
            statement.execute(FeedWorld.event("one", "early"));
            report(world, retention, READER);
            late.commit();
            world.clock().advance(Duration.ofDays(100));

            assertThat(retention.deleteTaken(100)).isEqualTo(1);

            assertThat(world.read(READER)).containsExactly("late");
        }));
    }

    /// Reads everything and reports it.
    private static void report(FeedWorld world, OutboxRetention retention, String consumer) {
        world.read(consumer);
        world.run((connection, _) -> {
            FeedCursor at = world.feed(connection, consumer).cursor();
            retention.report(consumer, at.epoch(), at.snapshot());
        });
    }

    @Test
    void doesNotWaitForAnOpenWriter() throws SQLException {
        doesNotWait(world("feed_open"), Duration.ofSeconds(2));
    }

    @Test
    @Tag("long")
    void doesNotWaitForAWriterThatIsOpenForLong() throws SQLException {
        doesNotWait(world("feed_long_open"), Duration.ofSeconds(20));
    }

    /// Two writers are held open, in this database and in another one of the cluster, while others write
    /// 100 events or more.
    private static void doesNotWait(FeedWorld world, Duration held) {
        List<Long> delays = new ArrayList<>();
        long[] heldFor = {0};
        world.run((open, holding) -> world.run((_, writing) -> {
            try (Connection other = world.connectElsewhere();
                    Statement elsewhere = other.createStatement()) {
                long begin = System.nanoTime();
                open.setAutoCommit(false);
                holding.execute(FeedWorld.event("one", "held"));
                other.setAutoCommit(false);
                elsewhere.execute("select pg_current_xact_id()");
                for (int i = 0; i < 100 || System.nanoTime() - begin < held.toNanos(); i++) {
                    writing.execute(FeedWorld.event("two", "e" + i));
                    long written = System.nanoTime();
                    Eventually.within(
                            Duration.ofSeconds(5), () -> !world.read(READER).isEmpty());
                    delays.add(System.nanoTime() - written);
                }
                other.rollback();
                heldFor[0] = System.nanoTime() - begin;
            }
            open.commit();
        }));

        delays.sort(null);
        assertThat(Duration.ofNanos(heldFor[0])).isGreaterThanOrEqualTo(held);
        assertThat(Duration.ofNanos(delays.get(delays.size() * 95 / 100))).isLessThan(Duration.ofSeconds(1));
        assertThat(world.read(READER)).containsExactly("held");
    }

    private static FeedBatch next(Feed feed) {
        return Objects.requireNonNull(feed.read());
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
