package tarn.platform.job;

import java.util.List;
import org.jooq.DSLContext;

/// Runs `analyze` on those tables of a service in which more than 1,000 rows and a twentieth of all
/// have changed since the last time, as after an import.
final class TableStatistics {

    private final DSLContext sql;
    private final String schema;

    TableStatistics(DSLContext sql, String schema) {
        this.sql = sql;
        this.schema = schema;
    }

    /// Returns how many tables were brought up to date.
    int refresh() {
        List<String> tables = sql.fetch(
                        "select relname from pg_stat_user_tables where schemaname = ?"
                                + " and n_mod_since_analyze > greatest(1000, n_live_tup / 20) order by relname",
                        schema)
                .getValues(0, String.class);
        tables.forEach(table -> sql.fetch("select " + schema + ".analyze_table(?)", table));
        return tables.size();
    }
}
