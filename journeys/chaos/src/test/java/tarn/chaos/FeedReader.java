package tarn.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.event.Feed;
import tarn.platform.event.FeedBatch;

/// Follows all events as a consumer of the worker does, and counts what it applies: a batch once its
/// cursor is saved.
final class FeedReader implements AutoCloseable {

    /// The outboxes that it reads.
    static final List<String> OUTBOXES = List.of("identity", "tasks", "posts");

    private static final Duration POLL = Duration.ofMillis(100);

    /// An event's place in an outbox.
    record OutboxPosition(String outbox, long seq) {}

    private final DatabaseLogin database;
    private final Set<OutboxPosition> applied = ConcurrentHashMap.newKeySet();
    private final AtomicInteger doubled = new AtomicInteger();
    private final Thread thread;
    private volatile boolean ending;

    /// A batch of which it is not known whether its cursor was saved.
    private @Nullable FeedBatch unsettled;

    FeedReader(DatabaseLogin database) {
        this.database = database;
        this.thread = Thread.ofVirtual().name("feed-reader").start(this::run);
    }

    private void run() {
        while (!ending) {
            try (Connection connection = database.connect()) {
                Feed feed = new Feed(
                        DSL.using(connection, SQLDialect.POSTGRES), Clock.systemUTC(), "worker", "chaos", OUTBOXES);
                settle(feed);
                while (!ending) {
                    readNext(feed);
                }
            } catch (SQLException | DataAccessException away) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    /// Applies the batch whose cursor was being saved when the connection was lost, if it was saved.
    private void settle(Feed feed) {
        FeedBatch batch = unsettled;
        if (batch != null && feed.cursor().equals(batch.after())) {
            apply(batch);
        }
        unsettled = null;
    }

    private void readNext(Feed feed) {
        FeedBatch batch = feed.read();
        if (batch == null) {
            LockSupport.parkNanos(POLL.toNanos());
            return;
        }
        unsettled = batch;
        if (feed.advance(batch)) {
            apply(batch);
        }
        unsettled = null;
    }

    private void apply(FeedBatch batch) {
        batch.events().forEach(event -> {
            if (!applied.add(new OutboxPosition(event.outbox(), event.seq()))) {
                doubled.incrementAndGet();
            }
        });
    }

    /// Events that it has applied.
    Set<OutboxPosition> applied() {
        return applied;
    }

    /// How often it has applied an event once more.
    int doubled() {
        return doubled.get();
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
