package tarn.tasks;

import static tarn.tasks.sql.Tables.PROJECT;
import static tarn.tasks.sql.Tables.PROJECT_STATISTICS;
import static tarn.tasks.sql.Tables.TASK;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import tarn.platform.TimeZones;

/// SQL that counts a project's tasks, and access to the counts stored last; these have no events.
@Singleton
final class ProjectStatisticsStore {

    private static final Condition OPEN = TASK.STATUS.eq(DSL.inline("open")).and(TASK.ARCHIVED.isFalse());
    private static final Condition DONE = TASK.STATUS.eq(DSL.inline("done"));

    private final DSLContext sql;

    ProjectStatisticsStore(TasksDatabase database) {
        this.sql = database.database().sql();
    }

    /// Counts all tasks of a project.
    ProjectStatistics compute(Project.Id project, ZoneId zone, Instant now) {
        Condition overdue = TASK.DUE_AT.lt(now).or(TASK.DUE_ON.lt(LocalDate.ofInstant(now, zone)));
        Field<Integer> open = DSL.count().filterWhere(OPEN);
        Field<Integer> done = DSL.count().filterWhere(DONE);
        Field<Integer> late = DSL.count().filterWhere(OPEN.and(overdue));
        Field<Integer> unknown = DSL.count().filterWhere(DONE.and(TASK.COMPLETED_AT.isNull()));
        Condition counted = TASK.PROJECT_ID.eq(project.value()).and(TASK.DELETED_AT.isNull());
        Record row =
                sql.select(open, done, late, unknown).from(TASK).where(counted).fetchSingle();
        List<LocalDate> mondays = ProjectStatistics.mondays(now, zone);
        Instant[] begins =
                mondays.stream().map(day -> day.atStartOfDay(zone).toInstant()).toArray(Instant[]::new);
        Field<Integer> week = DSL.field("width_bucket({0}, {1})", Integer.class, TASK.COMPLETED_AT, DSL.val(begins))
                .as("week");
        Map<Integer, Integer> byWeek = sql.select(week, DSL.count())
                .from(TASK)
                .where(counted, DONE, TASK.COMPLETED_AT.ge(begins[0]))
                .groupBy(DSL.one())
                .fetchMap(found -> found.get(week), found -> found.get(1, Integer.class));
        return new ProjectStatistics(
                now,
                zone,
                row.get(open),
                row.get(done),
                row.get(late),
                row.get(unknown),
                IntStream.range(0, mondays.size())
                        .mapToObj(i -> new ProjectStatistics.Week(mondays.get(i), byWeek.getOrDefault(i + 1, 0)))
                        .toList());
    }

    Optional<ProjectStatistics> stored(Project.Id project) {
        return sql.selectFrom(PROJECT_STATISTICS)
                .where(PROJECT_STATISTICS.PROJECT_ID.eq(project.value()))
                .fetchOptional(ProjectStatisticsStore::statistics);
    }

    /// Stores them unless newer ones are stored.
    void put(Project.Id project, ProjectStatistics statistics) {
        List<ProjectStatistics.Week> weeks = statistics.weeks();
        sql.insertInto(PROJECT_STATISTICS)
                .set(PROJECT_STATISTICS.PROJECT_ID, project.value())
                .set(PROJECT_STATISTICS.COMPUTED_AT, statistics.computedAt())
                .set(PROJECT_STATISTICS.TIME_ZONE, statistics.timeZone().getId())
                .set(PROJECT_STATISTICS.OPEN_TASKS, statistics.open())
                .set(PROJECT_STATISTICS.DONE_TASKS, statistics.done())
                .set(PROJECT_STATISTICS.OVERDUE_TASKS, statistics.overdue())
                .set(PROJECT_STATISTICS.DONE_AT_UNKNOWN_TIME, statistics.doneAtUnknownTime())
                .set(
                        PROJECT_STATISTICS.WEEKS,
                        weeks.stream().map(ProjectStatistics.Week::monday).toArray(LocalDate[]::new))
                .set(
                        PROJECT_STATISTICS.DONE_IN_WEEKS,
                        weeks.stream().map(ProjectStatistics.Week::done).toArray(Integer[]::new))
                .onConflict(PROJECT_STATISTICS.PROJECT_ID)
                .doUpdate()
                .setAllToExcluded()
                .where(PROJECT_STATISTICS.COMPUTED_AT.lt(statistics.computedAt()))
                .execute();
    }

    /// A project whose statistics are missing or old.
    record Stale(Project.Id project, ZoneId timeZone) {}

    /// Projects, those in the trash aside, whose statistics are missing or were computed before.
    List<Stale> stale(Instant before, int limit) {
        return sql.select(PROJECT.ID, PROJECT.TIME_ZONE)
                .from(PROJECT)
                .leftJoin(PROJECT_STATISTICS)
                .on(PROJECT_STATISTICS.PROJECT_ID.eq(PROJECT.ID))
                .where(
                        PROJECT.DELETED_AT.isNull(),
                        PROJECT_STATISTICS.COMPUTED_AT.isNull().or(PROJECT_STATISTICS.COMPUTED_AT.lt(before)))
                .orderBy(PROJECT_STATISTICS.COMPUTED_AT.asc().nullsFirst(), PROJECT.ID)
                .limit(limit)
                .fetch(row -> new Stale(
                        new Project.Id(row.get(PROJECT.ID)), TimeZones.namedOrUtc(row.get(PROJECT.TIME_ZONE))));
    }

    private static ProjectStatistics statistics(Record row) {
        LocalDate[] mondays = row.get(PROJECT_STATISTICS.WEEKS);
        Integer[] done = row.get(PROJECT_STATISTICS.DONE_IN_WEEKS);
        return new ProjectStatistics(
                row.get(PROJECT_STATISTICS.COMPUTED_AT),
                TimeZones.namedOrUtc(row.get(PROJECT_STATISTICS.TIME_ZONE)),
                row.get(PROJECT_STATISTICS.OPEN_TASKS),
                row.get(PROJECT_STATISTICS.DONE_TASKS),
                row.get(PROJECT_STATISTICS.OVERDUE_TASKS),
                row.get(PROJECT_STATISTICS.DONE_AT_UNKNOWN_TIME),
                IntStream.range(0, mondays.length)
                        .mapToObj(i -> new ProjectStatistics.Week(mondays[i], done[i]))
                        .toList());
    }
}
