package tarn.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Writers that take their transaction ids early, wait before they commit and roll back in a fifth
/// of the cases; consumers that are ended between effect and cursor.
final class FeedSoakTest {

    private static final int WRITERS = 8;
    private static final int CONSUMERS = 3;
    private static final int ROWS = 400;
    private static final double ROLLED_BACK = 0.2;
    private static final double ENDED = 0.1;
    private static final long SEED = System.nanoTime();

    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void losesAndDoublesNothing() throws Exception {
        soak(FeedWorld.named("feed_soak"), 20_000, 15);
    }

    @Test
    @Tag("long")
    void losesAndDoublesNothingForLong() throws Exception {
        soak(FeedWorld.named("feed_long_soak"), 200_000, 30);
    }

    @Test
    @Tag("long")
    void losesAndDoublesNothingOnTheOldestPostgres() throws Exception {
        soak(FeedWorld.onOldestPostgres("feed_soak"), 20_000, 15);
    }

    private void soak(FeedWorld world, int events, int mostMillis) throws Exception {
        System.out.println("Feed soak, seed " + SEED);
        world.run((_, statement) -> {
            for (String outbox : FeedWorld.OUTBOXES) {
                statement.execute("create table " + outbox + ".row (id integer primary key, version integer not null)");
                statement.execute("insert into " + outbox + ".row select n, 0 from generate_series(1, 400) as n");
            }
            statement.execute("create table three.effect (number bigint generated always as identity,"
                    + " consumer text, outbox text, seq bigint, payload text)");
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + CONSUMERS)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(SEED + i);
                writers.add(threads.submit(() -> write(world, random, events, mostMillis)));
            }
            List<Future<?>> consumers = new ArrayList<>();
            for (int i = 0; i < CONSUMERS; i++) {
                Random random = new Random(SEED - 1 - i);
                String consumer = "consumer" + i;
                consumers.add(threads.submit(() -> consume(world, random, consumer, writers)));
            }
            for (Future<?> one : writers) {
                one.get();
            }
            for (Future<?> one : consumers) {
                one.get();
            }
        }

        world.run((_, statement) -> {
            long expected =
                    number(statement, "select (select count(*) from one.outbox) + (select count(*) from two.outbox)");
            assertThat(expected).isGreaterThanOrEqualTo(events);
            for (int i = 0; i < CONSUMERS; i++) {
                String of = " from three.effect where consumer = 'consumer" + i + "'";
                assertThat(number(statement, "select count(*)" + of)).as("all").isEqualTo(expected);
                assertThat(number(statement, "select count(distinct (outbox, seq))" + of))
                        .as("none twice")
                        .isEqualTo(expected);
                assertThat(outOfOrder(statement, of)).as("out of order").isZero();
            }
        });
        assertThat(ended).as("consumers that were ended").hasPositiveValue();
    }

    private Void write(FeedWorld world, Random random, int events, int mostMillis) {
        world.run((connection, statement) -> {
            connection.setAutoCommit(false);
            while (written.get() < events) {
                String outbox = FeedWorld.OUTBOXES.get(random.nextInt(2));
                if (random.nextBoolean()) {
                    statement.execute("select pg_current_xact_id()");
                    wait(random, mostMillis / 2);
                }
                int count = 1 + random.nextInt(9);
                // In the order of the rows, so that no two writers wait for each other.
                int row = 0;
                for (int i = 0; i < count && row < ROWS; i++) {
                    row += 1 + random.nextInt(ROWS / 9);
                    change(statement, outbox, Math.min(row, ROWS));
                }
                wait(random, mostMillis);
                if (random.nextDouble() < ROLLED_BACK) {
                    connection.rollback();
                } else {
                    connection.commit();
                    written.addAndGet(count);
                }
            }
        });
        return null;
    }

    private static void change(Statement statement, String outbox, int row) throws SQLException {
        statement.execute(
                ("with changed as (update %1$s.row set version = version + 1 where id = %2$d returning version)"
                                + " insert into %1$s.outbox (id, type, schema, aggregate_type, aggregate_id, occurred_at, payload)"
                                + " select gen_random_uuid(), 'row.changed', 1, 'row', gen_random_uuid(), now(),"
                                + " jsonb_build_object('row', %2$d, 'version', version) from changed")
                        .formatted(outbox, row));
    }

    private static void wait(Random random, int mostMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(mostMillis));
    }

    private Void consume(FeedWorld world, Random random, String consumer, List<Future<?>> writers) {
        boolean more = true;
        while (more) {
            boolean last = writers.stream().allMatch(Future::isDone);
            boolean[] found = {false};
            world.run((connection, _) -> {
                Feed feed = world.feed(connection, consumer);
                FeedBatch batch = feed.read();
                while (batch != null) {
                    found[0] = true;
                    connection.setAutoCommit(false);
                    effects(connection, consumer, batch);
                    if (random.nextDouble() < ENDED) {
                        ended.incrementAndGet();
                        return;
                    }
                    assertThat(feed.advance(batch)).isTrue();
                    connection.commit();
                    connection.setAutoCommit(true);
                    batch = feed.read();
                }
                TimeUnit.MILLISECONDS.sleep(20);
            });
            more = !last || found[0];
        }
        return null;
    }

    private static void effects(Connection connection, String consumer, FeedBatch batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into three.effect (consumer, outbox, seq, payload) values (?, ?, ?, ?)")) {
            for (DeliveredEvent event : batch.events()) {
                insert.setString(1, consumer);
                insert.setString(2, event.outbox());
                insert.setLong(3, event.seq());
                insert.setString(4, event.payload());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// Events whose row had not exactly the version before.
    private static int outOfOrder(Statement statement, String of) throws Exception {
        Map<String, Integer> versions = new HashMap<>();
        int wrong = 0;
        try (ResultSet rows = statement.executeQuery("select outbox, payload" + of + " order by number")) {
            while (rows.next()) {
                var payload = new ObjectMapper().readTree(rows.getString(2));
                int version = payload.path("version").asInt();
                Integer before = versions.put(rows.getString(1) + payload.path("row"), version);
                wrong += (before == null ? 0 : before) + 1 == version ? 0 : 1;
            }
        }
        return wrong;
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
