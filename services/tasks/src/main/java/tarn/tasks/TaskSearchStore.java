package tarn.tasks;

import static tarn.tasks.sql.Tables.MEMBER;
import static tarn.tasks.sql.Tables.PROJECT;
import static tarn.tasks.sql.Tables.TASK;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QuantifiedSelect;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.database.RankedSearch;
import tarn.platform.search.SearchQuery;

/// SQL of the search in all projects of a user.
///
/// Tasks with all words in the title come first, whole words before begun ones; then open ones, then
/// the newest.
@Singleton
final class TaskSearchStore {

    /// Characters of a description in which an excerpt is sought.
    private static final int MAX_READ = 10_000;

    /// A project or task that was found.
    ///
    /// @param parent the task it is part of
    /// @param description its beginning
    /// @param status null for a project
    record Match(
            UUID id,
            UUID project,
            @Nullable UUID parent,
            String title,
            String description,
            Task.@Nullable Status status,
            boolean archived) {}

    /// What was found, best match first.
    ///
    /// @param truncated whether only the newest 20,000 of those that match were ranked
    record Matches(List<Match> items, boolean truncated) {}

    private static final Field<String> DESCRIPTION =
            DSL.left(TASK.DESCRIPTION, DSL.inline(MAX_READ)).as("beginning");
    private static final Field<String> PROJECT_DESCRIPTION =
            DSL.left(PROJECT.DESCRIPTION, DSL.inline(MAX_READ)).as("beginning");
    private static final RankedSearch TASKS =
            new RankedSearch(TASK, TASK.ID, TASK.STATUS.eq(DSL.inline("open")).and(DSL.not(TASK.ARCHIVED)));

    private final DSLContext sql;

    TaskSearchStore(TasksDatabase database) {
        this.sql = database.database().sql();
    }

    /// The names of a user's projects, by id; those in the trash are left out.
    Map<UUID, String> projectsOf(UUID member) {
        return sql.select(PROJECT.ID, PROJECT.NAME)
                .from(PROJECT)
                .join(MEMBER)
                .on(MEMBER.PROJECT_ID.eq(PROJECT.ID))
                .where(MEMBER.USER_ID.eq(member), PROJECT.DELETED_AT.isNull())
                .fetchMap(PROJECT.ID, PROJECT.NAME);
    }

    /// The best of these projects.
    Matches projects(SearchQuery query, List<UUID> in, int limit) {
        List<Match> items = sql.select(PROJECT.ID, PROJECT.NAME, PROJECT_DESCRIPTION, PROJECT.ARCHIVED)
                .from(PROJECT)
                .where(PROJECT.ID.eq(any(in)), ProjectStore.SEARCH.matches(query))
                .orderBy(ProjectStore.SEARCH.rank(query).desc(), PROJECT.ARCHIVED, PROJECT.ID.desc())
                .limit(limit)
                .fetch(row -> new Match(
                        row.get(PROJECT.ID),
                        row.get(PROJECT.ID),
                        null,
                        row.get(PROJECT.NAME),
                        row.get(PROJECT_DESCRIPTION),
                        null,
                        row.get(PROJECT.ARCHIVED)));
        return new Matches(items, false);
    }

    /// The best of the tasks in these projects.
    Matches tasks(SearchQuery query, List<UUID> in, int limit) {
        Condition visible = TASK.DELETED_AT.isNull().and(TASK.PROJECT_ID.eq(any(in)));
        RankedSearch.BestRows best = TASKS.best(sql, query, visible, limit);
        Map<UUID, Match> found = sql.select(
                        TASK.ID, TASK.PROJECT_ID, TASK.PARENT_ID, TASK.TITLE, DESCRIPTION, TASK.STATUS, TASK.ARCHIVED)
                .from(TASK)
                .where(TASK.ID.eq(any(best.ids())), visible)
                .fetchMap(TASK.ID, TaskSearchStore::task);
        List<Match> items =
                best.ids().stream().map(found::get).filter(Objects::nonNull).toList();
        return new Matches(items, best.truncated());
    }

    private static Match task(Record row) {
        return new Match(
                row.get(TASK.ID),
                row.get(TASK.PROJECT_ID),
                row.get(TASK.PARENT_ID),
                row.get(TASK.TITLE),
                row.get(DESCRIPTION),
                Task.Status.valueOf(row.get(TASK.STATUS).toUpperCase(Locale.ROOT)),
                row.get(TASK.ARCHIVED));
    }

    private static QuantifiedSelect<Record1<UUID>> any(List<UUID> ids) {
        return DSL.any(ids.toArray(UUID[]::new));
    }
}
