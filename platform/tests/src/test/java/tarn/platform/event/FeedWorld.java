package tarn.platform.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import tarn.platform.database.DatabaseSetup;
import tarn.platform.database.DatabaseUrl;
import tarn.testing.OldestPostgres;
import tarn.testing.SettableClock;
import tarn.testing.TestDatabase;

/// A database with two outboxes, `one` and `two`, and a third schema with the cursors.
record FeedWorld(DatabaseUrl database, SettableClock clock) {

    static final List<String> OUTBOXES = List.of("one", "two");
    static final String CONSUMING = "three";

    /// What a writer or reader does with a connection of its own.
    @FunctionalInterface
    interface Work {
        void with(Connection connection, Statement statement) throws Exception;
    }

    static FeedWorld named(String name) throws SQLException {
        return in(TestDatabase.empty(name));
    }

    static FeedWorld in(DatabaseUrl database) {
        FeedWorld world = new FeedWorld(database, new SettableClock());
        world.setUp();
        return world;
    }

    /// A database of the oldest PostgreSQL; aborts the test where there is none.
    static FeedWorld onOldestPostgres(String name) throws SQLException {
        return in(TestDatabase.empty(OldestPostgres.url(), name));
    }

    /// A connection to another database of the same cluster.
    Connection connectElsewhere() throws SQLException {
        return TestDatabase.connect(new DatabaseUrl(
                database.jdbc().replaceFirst("/[^/?]+(?=\\?|$)", "/postgres"), database.user(), database.password()));
    }

    FeedLag lag(String consumer) {
        FeedLag[] lag = {FeedLag.NONE};
        run((connection, _) -> lag[0] = new FeedLagStore(sql(connection), clock, CONSUMING, OUTBOXES).of(consumer));
        return lag[0];
    }

    void setUp() {
        new DatabaseSetup(database).prepare(services());
    }

    void retire(String consumer) {
        new DatabaseSetup(database).retire(consumer, services());
    }

    private static List<DatabaseSetup.Service> services() {
        return List.of(
                new DatabaseSetup.Service("one", TestDatabase.PASSWORD),
                new DatabaseSetup.Service("two", TestDatabase.PASSWORD),
                new DatabaseSetup.Service(CONSUMING, TestDatabase.PASSWORD));
    }

    void run(Work work) {
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement()) {
            work.with(connection, statement);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    static DSLContext sql(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
    }

    Feed feed(Connection connection, String consumer) {
        return new Feed(sql(connection), clock, CONSUMING, consumer, OUTBOXES);
    }

    /// An insert of an event of this type.
    static String event(String outbox, String type) {
        return ("insert into %s.outbox (id, type, schema, aggregate_type, aggregate_id, occurred_at, payload)"
                        + " values ('%s', '%s', 1, 'row', '0190a000-0000-7000-8000-000000000001', now(), '{}')")
                .formatted(outbox, UUID.randomUUID(), type);
    }

    /// The types of everything new, handled and saved.
    List<String> read(String consumer) {
        List<String> types = new ArrayList<>();
        run((connection, _) -> {
            Feed feed = feed(connection, consumer);
            for (FeedBatch batch = feed.read(); batch != null; batch = feed.read()) {
                batch.events().forEach(event -> types.add(event.type()));
                if (!feed.advance(batch)) {
                    throw new AssertionError("Nobody else reads for " + consumer);
                }
            }
        });
        return types;
    }
}
