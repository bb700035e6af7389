package tarn.platform.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/// Gives all outboxes the next epoch when their data is in another PostgreSQL cluster than before,
/// because the transaction ids of two clusters do not compare.
final class OutboxEpoch {

    private static final Logger LOG = Logger.getLogger(OutboxEpoch.class);

    /// What a schema records.
    ///
    /// @param here whether it records the present cluster
    private record Recorded(int epoch, boolean here) {}

    private OutboxEpoch() {}

    /// Advances the epoch if the cluster is another one, and gives new outboxes the epoch of the
    /// others.
    ///
    /// @param statement of a transaction that may take the owners' roles
    static void advance(Statement statement, List<DatabaseSetup.Service> services) throws SQLException {
        List<Recorded> all = new ArrayList<>();
        for (DatabaseSetup.Service service : services) {
            statement.execute("set local role " + service.owner());
            all.add(recorded(statement, service));
            statement.execute("reset role");
        }
        boolean moved = all.stream().anyMatch(recorded -> !recorded.here());
        int last = all.stream().mapToInt(Recorded::epoch).max().orElse(1);
        int epoch = moved ? last + 1 : last;
        if (all.stream().allMatch(recorded -> recorded.here() && recorded.epoch() == epoch)) {
            return;
        }
        if (moved) {
            LOG.warnf("The database is in another PostgreSQL cluster than before: its events go on in epoch %d", epoch);
        }
        for (DatabaseSetup.Service service : services) {
            statement.execute("set local role " + service.owner());
            statement.execute("alter table " + service.name() + ".outbox alter column epoch set default " + epoch);
            statement.execute("update " + service.name() + ".outbox_epoch set epoch = " + epoch
                    + ", system = (select system_identifier from pg_control_system())");
            statement.execute("reset role");
        }
    }

    private static Recorded recorded(Statement statement, DatabaseSetup.Service service) throws SQLException {
        try (ResultSet row = statement.executeQuery("select epoch, system = system_identifier from " + service.name()
                + ".outbox_epoch, pg_control_system()")) {
            row.next();
            return new Recorded(row.getInt(1), row.getBoolean(2));
        }
    }
}
