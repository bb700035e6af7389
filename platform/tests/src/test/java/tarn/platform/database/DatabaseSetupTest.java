package tarn.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.platform.Secret;
import tarn.testing.Catalog;
import tarn.testing.Golden;
import tarn.testing.Repository;
import tarn.testing.TestDatabase;

final class DatabaseSetupTest {

    private static final List<DatabaseSetup.Service> SERVICES = Repository.here().servicesWithMigrations().stream()
            .map(name -> new DatabaseSetup.Service(name, TestDatabase.PASSWORD))
            .toList();

    @Test
    void grantsExactlyWhatTheGoldenFileSays() throws Exception {
        DatabaseUrl database = prepared("setup_grants");

        Golden.of("grants.txt").matches(Catalog.grants(database));
    }

    @Test
    void changesNothingWhenRunAgain() throws Exception {
        DatabaseUrl database = prepared("setup_again");
        String before = Catalog.grants(database) + Catalog.schema(database);

        prepare(database, SERVICES);

        assertThat(Catalog.grants(database) + Catalog.schema(database)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table tasks.mine (id integer)",
                "create table public.mine (id integer)",
                "create schema mine",
                "create role mine",
                "alter table tasks.task add column mine integer",
                "drop table tasks.task",
                "truncate tasks.task",
                "select * from identity.app_user",
                "select * from identity.outbox",
                "insert into identity.setting values ('registration', '1')",
                "set role tarn_tasks_owner",
                "set role tarn_identity",
                "delete from tasks.flyway_schema_history",
                "update tasks.flyway_schema_history set checksum = 0",
                "update tasks.outbox set actor = null",
                "delete from tasks.outbox",
                "truncate tasks.outbox",
                "select identity.outbox_scrub(gen_random_uuid())"
            })
    void letsAServiceDoNothingButItsOwnRows(String statement) throws SQLException {
        DatabaseUrl database = Shared.DATABASE;
        try (Connection connection = as(database, "tarn_tasks");
                Statement session = connection.createStatement()) {
            session.execute("select count(*) from task");
            assertThatThrownBy(() -> session.execute(statement))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void letsAServiceDeleteAndScrubEventsAndAnalyzeItsTablesByFunctions() throws Exception {
        DatabaseUrl database = prepared("setup_functions");
        String user = "0190a000-0000-7000-8000-00000000aaaa";
        String insert =
                "insert into outbox (id, type, schema, aggregate_type, aggregate_id, actor, occurred_at, payload)"
                        + " values (gen_random_uuid(), 'x', 1, 'x', gen_random_uuid(), '%1$s', now(), '{\"to\": [\"%1$s\"]}')";
        try (Connection connection = as(database, "tarn_tasks");
                Statement session = connection.createStatement()) {
            session.execute(insert.formatted(user));
            session.execute(insert.formatted(user));
            // What a caller creates for itself is not what the owner's functions work on.
            session.execute("create temporary table outbox (seq bigint, actor uuid, aggregate_id uuid, payload jsonb)");

            assertThat(number(session, "select outbox_scrub('" + user + "')")).isEqualTo(2);
            assertThat(number(session, "select count(*) from tasks.outbox as o where o::text like '%" + user + "%'"))
                    .isZero();
            assertThat(number(session, "select outbox_delete_taken('{}', '{}', 'infinity', 1)"))
                    .isEqualTo(1);
            assertThat(number(session, "select count(*) from tasks.outbox")).isEqualTo(1);
            session.execute("select analyze_table('task')");
            assertThatThrownBy(() -> session.execute("select analyze_table('task; drop table task')"))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static long number(Statement session, String query) throws SQLException {
        try (ResultSet rows = session.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void takesOverASchemaWhoseServicesMadeTheirOwnOutbox() throws Exception {
        DatabaseUrl database = former("setup_former");
        execute(database, """
            insert into tasks.project (id, name, created_by, created_at, updated_at)
            values (gen_random_uuid(), 'Old', gen_random_uuid(), now(), now());
            insert into tasks.outbox (id, type, aggregate_type, aggregate_id, occurred_at, payload)
            values (gen_random_uuid(), 'project.opened', 'project', gen_random_uuid(), now(), '{}');
            insert into tasks.idempotency_key (caller, key, operation, request_hash, status, body, created_at)
            values (gen_random_uuid(), 'kept', 'x', '', 201, '{}', now())""");

        prepare(database, SERVICES);

        assertThat(Catalog.schema(database)).isEqualTo(Catalog.schema(Shared.DATABASE));
        assertThat(Catalog.grants(database)).isEqualTo(Catalog.grants(Shared.DATABASE));
        try (Connection connection = TestDatabase.connect(database);
                Statement session = connection.createStatement()) {
            assertThat(number(session, "select count(*) from tasks.project")).isEqualTo(1);
            assertThat(number(session, "select count(*) from tasks.idempotency_key"))
                    .isEqualTo(1);
            assertThat(number(session, "select count(*) from tasks.outbox")).isZero();
            assertThat(number(session, "select count(*) from tasks.outbox_snapshot"))
                    .isEqualTo(1);
        }
        assertThat(Shared.snapshots()).isZero();
    }

    /// A database as it was made when each service made an outbox of its own.
    private static DatabaseUrl former(String name) throws SQLException {
        Shared.snapshots();
        DatabaseUrl database = TestDatabase.empty(name);
        for (DatabaseSetup.Service service : SERVICES) {
            execute(
                    database,
                    "create schema %1$s authorization %2$s; grant usage on schema %1$s to %3$s;"
                                    .formatted(service.name(), service.owner(), service.runtime())
                            + " alter default privileges for role %2$s in schema %1$s grant select, insert, update, delete on tables to %3$s;"
                                    .formatted(service.name(), service.owner(), service.runtime())
                            + " alter default privileges for role %2$s in schema %1$s grant usage on sequences to %3$s"
                                    .formatted(service.name(), service.owner(), service.runtime()));
            Flyway.configure()
                    .dataSource(database.jdbc(), database.user(), TestDatabase.PASSWORD.value())
                    .initSql("set role " + service.owner())
                    .schemas(service.name())
                    .locations("classpath:former/" + service.name())
                    .load()
                    .migrate();
        }
        return database;
    }

    @Test
    void preparesWithoutASuperuser() throws Exception {
        DatabaseUrl database = TestDatabase.empty("setup_maker");
        execute(database, "create role setup_maker login createrole");
        execute(database, "grant create on database setup_maker to setup_maker");

        new DatabaseSetup(user(database, "setup_maker"))
                .prepare(List.of(new DatabaseSetup.Service("made", TestDatabase.PASSWORD)));
        new DatabaseSetup(user(database, "setup_maker"))
                .prepare(List.of(new DatabaseSetup.Service("made", TestDatabase.PASSWORD)));

        assertThat(Catalog.grants(database)).contains("schema made: tarn_made may USAGE");
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        DatabaseUrl database = TestDatabase.empty("setup_weak");
        execute(database, "create role setup_weak login");

        assertUnprepared(user(database, "setup_weak"), "The database user may not create roles and schemas.");
        assertUnprepared(
                new DatabaseUrl(database.jdbc().replace("/setup_weak", "/setup_nowhere"), "postgres", null),
                "The database named in TARN_DATABASE_URL does not exist.");
        assertUnprepared(
                user(database, "setup_nobody"), "PostgreSQL refuses the user or password in TARN_DATABASE_URL.");
        assertUnprepared(
                DatabaseUrl.parse("postgresql://postgres@127.0.0.1:1/tarn"), "No PostgreSQL answers at the address");
    }

    @Test
    void refusesASchemaOfAnotherVersionWithWhatToDo() throws Exception {
        DatabaseUrl database = prepared("setup_edited");
        execute(database, "update tasks.flyway_schema_history set checksum = 1 where version = '1'");
        execute(database, "comment on schema tasks is 'Migrated with the scripts of then'");

        assertThatThrownBy(() -> prepare(database, SERVICES))
                .isInstanceOf(DatabaseSetup.Unprepared.class)
                .hasMessage("The schema tasks was made by another version of Tarn and cannot be brought up to date: run"
                        + " that version, or begin anew with another folder in TARN_HOME or another database in"
                        + " TARN_DATABASE_URL.");
    }

    @Test
    void saysWhatPostgresAnswersToAScript() throws Exception {
        DatabaseUrl database = prepared("setup_in_the_way");
        execute(database, "delete from posts.flyway_schema_history");
        execute(
                database,
                "insert into posts.flyway_schema_history values"
                        + " (0, '0', 'begin', 'BASELINE', 'begin', null, 'postgres', now(), 0, true)");
        execute(database, "comment on schema posts is null");

        assertUnprepared(database, "PostgreSQL cannot be prepared: ERROR: relation \"");
    }

    @Test
    void migratesAgainOnlyWhenTheScriptsHaveChanged() throws Exception {
        DatabaseUrl database = prepared("setup_skips");
        execute(database, "update tasks.flyway_schema_history set checksum = 1 where version = '1'");

        prepare(database, SERVICES);

        execute(database, "comment on schema tasks is null");
        assertThatThrownBy(() -> prepare(database, SERVICES)).isInstanceOf(DatabaseSetup.Unprepared.class);
    }

    @Test
    void letsSeveralStartAtOnce() throws Exception {
        DatabaseUrl database = TestDatabase.empty("setup_at_once");
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> start = () -> {
                prepare(database, SERVICES);
                return true;
            };
            for (Future<Boolean> done : threads.invokeAll(List.of(start, start, start, start))) {
                assertThat(done.get()).isTrue();
            }
        }

        assertThat(Catalog.grants(database)).isEqualTo(Catalog.grants(Shared.DATABASE));
    }

    @Test
    void takesPasswordsOfAnyKind() throws Exception {
        DatabaseUrl database = TestDatabase.empty("setup_password");
        String password = "it's \\ \"quoted\" $$ --";

        new DatabaseSetup(database).prepare(List.of(new DatabaseSetup.Service("quoted", new Secret(password))));
        new DatabaseSetup(database).prepare(List.of(new DatabaseSetup.Service("quoted", new Secret("another"))));

        assertThat(Catalog.grants(database)).contains("role tarn_quoted: login");
    }

    private static final class Shared {
        private static final DatabaseUrl DATABASE = prepared("setup_shared");

        /// How many schemas wait for events of rows that were there before.
        private static long snapshots() throws SQLException {
            try (Connection connection = TestDatabase.connect(DATABASE);
                    Statement session = connection.createStatement()) {
                return number(session, "select count(*) from tasks.outbox_snapshot");
            }
        }
    }

    private static DatabaseUrl prepared(String name) {
        try {
            DatabaseUrl database = TestDatabase.empty(name);
            prepare(database, SERVICES);
            return database;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void prepare(DatabaseUrl database, List<DatabaseSetup.Service> services) {
        Repository.here().withMigrations(() -> new DatabaseSetup(database).prepare(services));
    }

    private static void assertUnprepared(DatabaseUrl url, String line) {
        assertThatThrownBy(() -> prepare(url, SERVICES))
                .isInstanceOf(DatabaseSetup.Unprepared.class)
                .hasMessageStartingWith(line)
                .message()
                .doesNotContain("\n");
    }

    private static DatabaseUrl user(DatabaseUrl database, String user) {
        return new DatabaseUrl(database.jdbc(), user, TestDatabase.PASSWORD);
    }

    private static Connection as(DatabaseUrl database, String user) throws SQLException {
        return TestDatabase.connect(user(database, user));
    }

    private static void execute(DatabaseUrl database, String statement) throws SQLException {
        try (Connection connection = TestDatabase.connect(database);
                Statement session = connection.createStatement()) {
            session.execute(statement);
        }
    }
}
