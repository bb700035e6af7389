package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import tarn.testing.Repository;
import tarn.testing.TestDatabase;

/// The way to columns that the service computes and back, from rows of the day before.
final class SearchMigrationStoreTest {

    private static void run(Statement statement, String migration) throws SQLException {
        statement.execute(Repository.text(Repository.here().migrations("tasks").resolve(migration)));
    }

    private static boolean isFound(Statement statement, String word) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select 1 from task where search @@ '" + word + "'::tsquery")) {
            return rows.next();
        }
    }

    @Test
    void rowsStayFoundOnTheWayUpAndDown() throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.empty("task_search"));
                Statement statement = connection.createStatement()) {
            statement.execute("create schema tasks; set search_path = tasks");
            run(statement, "V1__projects_and_tasks.sql");
            statement.execute("""
                    insert into project (id, name, created_by, created_at, updated_at)
                    values (gen_random_uuid(), 'x', gen_random_uuid(), now(), now());
                    insert into task (id, project_id, title, position, created_by, created_at, updated_at)
                    select gen_random_uuid(), id, 'Rake', 'a', created_by, now(), now() from project
                    """);

            run(statement, "V12__search.sql");
            assertThat(isFound(statement, "rake")).isTrue();
            statement.execute("update task set title = 'Dig', search = '''dug'':1A'");
            assertThat(isFound(statement, "dug")).isTrue();

            run(statement, "U12__search.sql");
            assertThat(isFound(statement, "dig")).isTrue();
            assertThat(isFound(statement, "dug")).isFalse();
        }
    }
}
