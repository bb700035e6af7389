package tarn.platform.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import tarn.catalogue.Catalogue;
import tarn.platform.Secret;
import tarn.platform.event.OutboxRetention;

/// Creates each service's schema, owner role and runtime role in PostgreSQL 15 to 18, runs the
/// migrations, lets consumers of events read the outboxes, and advances their epoch
/// ([OutboxEpoch]).
///
/// Needs credentials that may create roles, and is idempotent but for passwords. A schema whose
/// comment holds the hash of the current scripts is not migrated again.
public final class DatabaseSetup {

    /// A service that has a schema.
    ///
    /// @param name of the service, its schema, and the prefix of its roles
    /// @param password of its runtime role
    public record Service(String name, Secret password) {

        /// Owns the schema and cannot log in; migrations switch to it.
        public String owner() {
            return "tarn_" + name + "_owner";
        }

        /// The role with which the running service logs in.
        public String runtime() {
            return "tarn_" + name;
        }
    }

    /// Prefix of the schema comment that records the hash of the scripts last run.
    private static final String MIGRATED = "Migrated with the scripts ";

    private final DatabaseUrl database;

    public DatabaseSetup(DatabaseUrl database) {
        this.database = database;
    }

    /// Creates missing schemas and roles, and migrates every service.
    ///
    /// @throws Unprepared with one line for the operator when that fails
    public void prepare(List<Service> services) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < 15) {
                throw new Unprepared("PostgreSQL " + version + " is too old: Tarn needs 15 to 18.", null);
            }
            // Two that start at once: the second waits, then finds everything there.
            statement.execute("select pg_advisory_lock(hashtext('tarn setup'))");
            connection.setAutoCommit(false);
            for (Service service : services) {
                createRoles(connection, statement, service);
            }
            connection.commit();
            for (Service service : services) {
                migrate(connection, statement, service);
            }
            OutboxEpoch.advance(statement, services);
            for (Service service : services) {
                if (Catalogue.ALL
                        .find(service.name())
                        .filter(one -> one.consumer() != null)
                        .isPresent()) {
                    grantOutboxes(statement, service, services);
                }
            }
            connection.commit();
        } catch (SQLException failure) {
            throw unprepared(failure);
        }
    }

    /// Forgets a consumer of events, which keeps no event any longer. When it reads again after all,
    /// it begins anew, with what is there then.
    ///
    /// @param services of which some may have no schema yet
    /// @throws Unprepared with one line for the operator when that fails
    public void retire(String consumer, List<Service> services) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String name = literal(connection, consumer);
            for (Service service : services) {
                if (!hasOutbox(statement, service)) {
                    continue;
                }
                statement.execute("set local role " + service.owner());
                statement.execute("insert into " + service.name() + ".outbox_consumer as known (consumer, epoch,"
                        + " snapshot, reported_at) values (" + name + ", " + OutboxRetention.RETIRED
                        + ", '1:1:', now())"
                        + " on conflict (consumer) do update set epoch = excluded.epoch, snapshot = excluded.snapshot,"
                        + " reported_at = excluded.reported_at");
                statement.execute("delete from " + service.name() + ".feed_cursor where consumer = " + name);
                statement.execute("reset role");
            }
            connection.commit();
        } catch (SQLException failure) {
            throw unprepared(failure);
        }
    }

    private static boolean hasOutbox(Statement statement, Service service) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("select to_regclass('" + service.name() + ".outbox_consumer') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /// Migrates a schema, unless its recorded hash equals that of the current scripts.
    private void migrate(Connection connection, Statement statement, Service service) throws SQLException {
        Migrations migrations = new Migrations(database, service);
        String hash = MIGRATED + migrations.hash();
        if (hash.equals(comment(statement, service))) {
            return;
        }
        migrations.run();
        // The default privileges reach it too; a service has no business with its own history.
        statement.execute("revoke all on " + service.name() + ".flyway_schema_history from " + service.runtime());
        statement.execute("set local role " + service.owner());
        statement.execute("comment on schema " + service.name() + " is " + literal(connection, hash));
        connection.commit();
    }

    /// Lets a consumer of events read the outboxes of all services.
    private static void grantOutboxes(Statement statement, Service consumer, List<Service> services)
            throws SQLException {
        for (Service service : services) {
            statement.execute("set local role " + service.owner());
            if (!mayRead(statement, consumer, service)) {
                statement.execute("grant usage on schema " + service.name() + " to " + consumer.runtime());
                statement.execute("grant select on " + service.name() + ".outbox, " + service.name()
                        + ".outbox_epoch to " + consumer.runtime());
            }
            statement.execute("reset role");
        }
    }

    private static boolean mayRead(Statement statement, Service consumer, Service service) throws SQLException {
        try (ResultSet row = statement.executeQuery("select has_schema_privilege('" + consumer.runtime() + "', '"
                + service.name() + "', 'usage') and has_table_privilege('" + consumer.runtime() + "', '"
                + service.name() + ".outbox', 'select') and has_table_privilege('" + consumer.runtime() + "', '"
                + service.name() + ".outbox_epoch', 'select')")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static @Nullable String comment(Statement statement, Service service) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("select obj_description('" + service.name() + "'::regnamespace)")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private static void createRoles(Connection connection, Statement statement, Service service) throws SQLException {
        String owner = service.owner();
        String runtime = service.runtime();
        if (!exists(statement, owner)) {
            statement.execute("create role " + owner + " nologin");
        }
        statement.execute("grant " + owner + " to current_user");
        String verb = exists(statement, runtime) ? "alter" : "create";
        statement.execute(verb + " role " + runtime + " login connection limit 100 password "
                + literal(connection, service.password().value()));
        statement.execute("alter role " + runtime + " set search_path = " + service.name());
        statement.execute("alter role " + runtime + " set lock_timeout = '2s'");
        statement.execute("alter role " + runtime + " set statement_timeout = '20s'");
        statement.execute("alter role " + runtime + " set idle_in_transaction_session_timeout = '30s'");
        // A statement whose client has gone is stopped. Systems that cannot tell refuse the setting.
        statement.execute("do $$ begin alter role " + runtime + " set client_connection_check_interval = '1s';"
                + " exception when others then null; end $$");
        statement.execute("alter role " + runtime + " set timezone = 'UTC'");
        statement.execute("create schema if not exists " + service.name() + " authorization " + owner);
        statement.execute("grant usage on schema " + service.name() + " to " + runtime);
        statement.execute("alter default privileges for role " + owner + " in schema " + service.name()
                + " grant select, insert, update, delete on tables to " + runtime);
        statement.execute("alter default privileges for role " + owner + " in schema " + service.name()
                + " grant usage on sequences to " + runtime);
    }

    private static boolean exists(Statement statement, String role) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select 1 from pg_roles where rolname = '" + role + "'")) {
            return rows.next();
        }
    }

    private static String literal(Connection connection, String text) throws SQLException {
        return "'" + connection.unwrap(PGConnection.class).escapeLiteral(text) + "'";
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (database.user() != null) {
            properties.setProperty("user", database.user());
        }
        if (database.password() != null) {
            properties.setProperty("password", database.password().value());
        }
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(database.jdbc(), properties);
    }

    static Unprepared unprepared(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        String line = switch (state) {
            case "42501" ->
                "The database user may not create roles and schemas. Give it CREATEROLE and CREATE "
                        + "on the database, or let one who may run it once.";
            case "28P01", "28000" -> "PostgreSQL refuses the user or password in TARN_DATABASE_URL.";
            case "3D000" -> "The database named in TARN_DATABASE_URL does not exist.";
            case "53100" -> "The disk is full: PostgreSQL cannot write.";
            default ->
                state.startsWith("08")
                        ? "No PostgreSQL answers at the address in TARN_DATABASE_URL."
                        : "PostgreSQL cannot be prepared: " + firstLine(failure);
        };
        return new Unprepared(line, failure);
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown");
    }

    /// The database cannot be prepared; the message is one line for the operator.
    public static final class Unprepared extends RuntimeException {

        Unprepared(String line, @Nullable Throwable cause) {
            super(line, cause);
        }
    }
}
