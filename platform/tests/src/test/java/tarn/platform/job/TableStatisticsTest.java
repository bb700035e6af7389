package tarn.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import tarn.platform.database.DatabaseSetup;
import tarn.platform.database.DatabaseUrl;
import tarn.testing.Eventually;
import tarn.testing.TestDatabase;

final class TableStatisticsTest {

    @Test
    void areRefreshedOnceAfterALargeChange() throws Exception {
        DatabaseUrl database = TestDatabase.empty("table_statistics");
        new DatabaseSetup(database).prepare(List.of(new DatabaseSetup.Service("one", TestDatabase.PASSWORD)));
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement()) {
            TableStatistics statistics = new TableStatistics(DSL.using(connection, SQLDialect.POSTGRES), "one");
            assertThat(statistics.refresh()).isZero();
            // Autovacuum does the same within minutes.
            statement.execute("alter table one.job_fence set (autovacuum_enabled = false)");
            statement.execute("insert into one.job_fence select 'job ' || n, n from generate_series(1, 2000) as n");

            Eventually.within(Duration.ofSeconds(10), () -> statistics.refresh() == 1);

            Eventually.within(Duration.ofSeconds(10), () -> statistics.refresh() == 0);
        }
    }
}
