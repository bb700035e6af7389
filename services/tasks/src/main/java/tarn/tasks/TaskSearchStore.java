package tarn.tasks;

import static tarn.tasks.sql.Tables.MEMBER;
import static tarn.tasks.sql.Tables.PROJECT;
import static tarn.tasks.sql.Tables.TASK;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QuantifiedSelect;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.database.SearchColumn;
import tarn.platform.search.SearchQuery;

/// SQL of the search in all projects of a user.
///
/// Tasks with all words in the title come first, whole words before begun ones; then open ones, then
/// the newest.
@Singleton
final class TaskSearchStore {

    /// Tasks that are ranked: the newest of those that match.
    static final int MAX_RANKED = 20_000;

    /// Tasks that are looked at, newest first, for words that many have.
    private static final int MAX_SCANNED = 400_000;

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
    /// @param truncated whether more than [#MAX_RANKED] match, of which the newest were ranked
    record Matches(List<Match> items, boolean truncated) {}

    private static final String RANK = "rank";
    private static final Field<String> DESCRIPTION =
            DSL.left(TASK.DESCRIPTION, DSL.inline(MAX_READ)).as("beginning");
    private static final Field<String> PROJECT_DESCRIPTION =
            DSL.left(PROJECT.DESCRIPTION, DSL.inline(MAX_READ)).as("beginning");
    private static final Field<Boolean> OPEN = DSL.field(
                    TASK.STATUS.eq(DSL.inline("open")).and(DSL.not(TASK.ARCHIVED)))
            .as("is_open");

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
        Table<?> newest = newest(query, in);
        Field<Integer> rank = newest.field(RANK, Integer.class);
        Field<UUID> id = newest.field(TASK.ID);
        Field<Integer> count = DSL.count().over().as("total");
        Table<?> best = sql.select(id, rank, newest.field(OPEN), count)
                .from(newest)
                .orderBy(rank.desc(), newest.field(OPEN).desc(), id.desc())
                .limit(limit)
                .asTable("best");
        Field<UUID> bestId = best.field(TASK.ID);
        Result<? extends Record> rows = sql.select(
                        TASK.ID,
                        TASK.PROJECT_ID,
                        TASK.PARENT_ID,
                        TASK.TITLE,
                        DESCRIPTION,
                        TASK.STATUS,
                        TASK.ARCHIVED,
                        best.field(count))
                .from(best)
                .join(TASK)
                .on(TASK.ID.eq(bestId))
                .orderBy(best.field(rank).desc(), best.field(OPEN).desc(), bestId.desc())
                .fetch();
        boolean truncated = rows.stream().anyMatch(row -> row.get(best.field(count)) > MAX_RANKED);
        return new Matches(rows.map(TaskSearchStore::task), truncated);
    }

    /// The newest that match.
    private Table<?> newest(SearchQuery query, List<UUID> in) {
        Condition visible = TASK.DELETED_AT.isNull().and(TASK.PROJECT_ID.eq(any(in)));
        boolean common = TaskStore.SEARCH.isCommon(sql, TASK, query);
        Table<?> tasks = common
                ? sql.select(TASK.ID, TaskStore.SEARCH.field(), OPEN)
                        .from(TASK)
                        .where(visible)
                        .orderBy(TASK.ID.desc())
                        .limit(DSL.inline(MAX_SCANNED))
                        .asTable("recent")
                : sql.select(TASK.ID, TaskStore.SEARCH.field(), OPEN)
                        .from(TASK)
                        .where(TaskStore.SEARCH.matches(query), visible)
                        .asTable("matching");
        SearchColumn search = SearchColumn.of(tasks);
        Field<UUID> id = tasks.field(TASK.ID);
        return sql.select(id, search.rank(query).as(RANK), tasks.field(OPEN))
                .from(tasks)
                .where(common ? search.matches(query) : DSL.noCondition())
                .orderBy(id.desc())
                .limit(DSL.inline(MAX_RANKED + 1))
                .asTable("newest");
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
