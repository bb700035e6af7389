package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tarn.testing.Repository;
import tarn.testing.TestDatabase;

/// The way to dates and back, from rows of the day before.
final class DateMigrationStoreTest {

    private static final List<String> BEFORE = List.of(
            "V1__projects_and_tasks.sql",
            "V2__items.sql",
            "V3__board_counts.sql",
            "V5__departed_users.sql",
            "V6__unknown_completion.sql",
            "V7__updated_by.sql");

    private static void run(Statement statement, String migration) throws SQLException {
        statement.execute(Repository.text(Repository.here().migrations("tasks").resolve(migration)));
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
        }
        return texts;
    }

    @Test
    void rowsStayAsTheyAreUntilZonesAreKnownAndTheWayDownPutsFiveOClockBack() throws SQLException {
        try (Connection connection = TestDatabase.connect(TestDatabase.empty("task_dates"));
                Statement statement = connection.createStatement()) {
            statement.execute("create schema tasks; set search_path = tasks; set timezone = 'UTC'");
            for (String migration : BEFORE) {
                run(statement, migration);
            }
            statement.execute("""
                    insert into project (id, name, created_by, created_at, updated_at)
                    values (gen_random_uuid(), 'x', '00000000-0000-0000-0000-000000000001', now(), now());
                    insert into task (id, project_id, title, position, start_at, due_at, created_by, created_at, updated_at)
                    select gen_random_uuid(), project.id, title, title, start_at::timestamptz, due_at::timestamptz,
                           ('00000000-0000-0000-0000-00000000000' || creator)::uuid, now(), now()
                    from project, (values ('a', null, '2026-12-24 16:00Z', 1), ('b', null, null, 2),
                                          ('c', '2026-12-23 23:00Z', '2026-12-24 09:00Z', 3)) rows (title, start_at, due_at, creator)
                    """);

            run(statement, "V9__dates_and_time_zones.sql");
            List<String> up = texts(statement, "select due_at::text from task order by title");
            List<String> asked = texts(statement, "select right(user_id::text, 1) from zone_question order by user_id");
            statement.execute("""
                    update project set time_zone = 'Europe/Berlin';
                    update task set due_at = null, due_on = '2026-12-24' where title = 'a';
                    update task set start_at = null, start_on = '2026-12-24' where title = 'c';
                    """);
            run(statement, "U9__dates_and_time_zones.sql");
            List<String> down = texts(
                    statement,
                    "select coalesce(start_at::text, '') || '|' || coalesce(due_at::text, '')"
                            + " from task order by title");

            assertThat(up).containsExactly("2026-12-24 16:00:00+00", "null", "2026-12-24 09:00:00+00");
            assertThat(asked).containsExactly("1", "3");
            // A start that would now be after its due time begins with it.
            assertThat(down)
                    .containsExactly("|2026-12-24 16:00:00+00", "|", "2026-12-24 09:00:00+00|2026-12-24 09:00:00+00");
        }
    }
}
