package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.tasks.sql.Tables.TASK;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.platform.database.Keyset;

@QuarkusTest
final class DueDateStoreTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @Inject
    Team team;

    @Inject
    TasksDatabase database;

    @ParameterizedTest
    @ValueSource(strings = {"due", "-due"})
    void pagesByDueDateAreReadInTheOrderOfAnIndex(String sort) {
        Rows.run(
                "insert into tasks.task (id, project_id, title, position, created_by, created_at, updated_at, due_on,"
                        + " due_at) select gen_random_uuid(), ?, 'Rake', 'V' || n, gen_random_uuid(), now(), now(),"
                        + " case n % 3 when 0 then date '2026-01-01' + n end,"
                        + " case n % 3 when 1 then timestamptz '2026-01-01' + n * interval '1 hour' end"
                        + " from generate_series(1, 3000) n",
                team.project);
        Rows.run("analyze tasks.task");
        String cursor = team.viewer
                .api()
                .get("/api/tasks?limit=20&timeZone=" + ZONE + "&sort=" + sort + "&project=" + team.project)
                .at("/nextCursor");

        assertThat(plans(sort, null)).allMatch(DueDateStoreTest::isInOrder);
        assertThat(plans(sort, cursor)).allMatch(DueDateStoreTest::isInOrder);
        assertThat(String.join("", plans(sort, cursor))).contains("task_due_on", "task_due_at", "task_due_never");
    }

    private static boolean isInOrder(String plan) {
        return plan.contains("using task_due_") && !plan.contains("Sort") && !plan.contains("Seq Scan");
    }

    private List<String> plans(String sort, @Nullable String cursor) {
        DSLContext sql = database.database().sql();
        Keyset keyset = Keyset.of(Map.of("due", DueDateStore.key(ZONE)), TASK.ID, sort, cursor, 20);
        List<String> plans = new ArrayList<>();
        for (List<Keyset.SortPart> group : DueDateStore.parts(ZONE)) {
            for (Keyset.SortPart part : group) {
                SelectConditionStep<Record> tasks = sql.select(List.of(TASK.ID, TASK.TITLE))
                        .select(keyset.fields())
                        .from(TASK)
                        .where(TASK.PROJECT_ID.eq(UUID.fromString(team.project)), TASK.DELETED_AT.isNull());
                plans.add(sql.explain(keyset.select(tasks, part)).plan());
            }
        }
        return plans;
    }
}
