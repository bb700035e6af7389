package tarn.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import tarn.platform.event.Feed;
import tarn.platform.event.FeedBatch;

/// Follows the events of tasks as a consumer of the worker does, whatever ends meanwhile.
final class FeedReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String url;
    private final String password;
    private final Set<String> created = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean ending;

    /// @param url JDBC, without user
    /// @param password of the worker's role
    FeedReader(String url, String password) {
        this.url = url;
        this.password = password;
        this.thread = Thread.ofVirtual().name("feed-reader").start(this::run);
    }

    private void run() {
        while (!ending) {
            try (Connection connection = DriverManager.getConnection(url, "tarn_worker", password)) {
                Feed feed = new Feed(
                        DSL.using(connection, SQLDialect.POSTGRES),
                        Clock.systemUTC(),
                        "worker",
                        "chaos",
                        List.of("tasks"));
                while (!ending) {
                    FeedBatch batch = feed.read();
                    if (batch == null) {
                        LockSupport.parkNanos(POLL.toNanos());
                    } else {
                        take(batch);
                        feed.advance(batch);
                    }
                }
            } catch (SQLException | DataAccessException away) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private void take(FeedBatch batch) {
        batch.events().stream()
                .filter(event -> event.type().equals("task.created"))
                .forEach(event -> created.add(event.aggregateId().toString()));
    }

    /// Ids of tasks whose creation it was told of.
    Set<String> created() {
        return created;
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
