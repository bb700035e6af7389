package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import tarn.testing.Repository;
import tarn.testing.TestDatabase;

/// The way to sections and labels that say who changed them, and back, from rows of the day before.
final class ChangerMigrationStoreTest {

    private static final List<String> BEFORE = List.of(
            "V1__projects_and_tasks.sql",
            "V2__items.sql",
            "V3__board_counts.sql",
            "V5__departed_users.sql",
            "V6__unknown_completion.sql",
            "V7__updated_by.sql",
            "V9__dates_and_time_zones.sql");

    private static final String ROWS = """
            select (select string_agg(name, ',') from section) || '|' || (select string_agg(color, ',') from label)
            """;
    private static final String UNKNOWN = """
            select count(*) from (select updated_at, updated_by from section
                                  union all select updated_at, updated_by from label) as part
            where updated_at is null and updated_by is null
            """;

    private static void run(Statement statement, String migration) throws SQLException {
        statement.execute(Repository.text(Repository.here().migrations("tasks").resolve(migration)));
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void ofRowsFromBeforeItIsUnknownWhoChangedThemAndWhen() throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.empty("task_changers"));
                Statement statement = connection.createStatement()) {
            statement.execute("create schema tasks; set search_path = tasks; set timezone = 'UTC'");
            for (String migration : BEFORE) {
                run(statement, migration);
            }
            statement.execute("""
                    insert into project (id, name, created_by, created_at, updated_at)
                    values (gen_random_uuid(), 'x', gen_random_uuid(), now(), now());
                    insert into section (id, project_id, name, position, version)
                    select gen_random_uuid(), id, 'Doing', 'V', 3 from project;
                    insert into label (id, project_id, name, color)
                    select gen_random_uuid(), id, '', 'teal' from project;
                    """);

            run(statement, "V10__section_and_label_changes.sql");
            String up = text(statement, ROWS);
            String unknown = text(statement, UNKNOWN);
            statement.execute("update section set updated_at = now(), updated_by = gen_random_uuid()");
            run(statement, "U10__section_and_label_changes.sql");
            String down = text(statement, ROWS);

            assertThat(up).isEqualTo("Doing|teal");
            assertThat(unknown).isEqualTo("2");
            assertThat(down).isEqualTo("Doing|teal");
        }
    }
}
