package tarn.tasks;

import static tarn.tasks.sql.Tables.IMPORT_JOB;
import static tarn.tasks.sql.Tables.JOB;
import static tarn.tasks.sql.Tables.JOB_ENTRY;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.TimeZones;
import tarn.platform.database.Keyset;
import tarn.platform.http.Page;
import tarn.platform.job.JobResult;

/// SQL access to jobs of users, their entries and the run that has each; none of this has events.
@Singleton
final class JobStore {

    private static final Map<String, Field<?>> SORTABLE = Map.of("createdAt", JOB.CREATED_AT);
    private static final Map<String, Field<?>> ENTRIES = Map.of("number", JOB_ENTRY.NUMBER);
    private static final Condition KEPT = IMPORT_JOB.DISCARDED.isNull().or(IMPORT_JOB.DISCARDED.isFalse());
    private static final Condition UNFINISHED = JOB.STATE.in(DSL.inline("queued"), DSL.inline("running"));
    private static final Field<Integer> DONE =
            DSL.coalesce(IMPORT_JOB.STAGED, countOf("done")).as("done_entries");
    private static final Field<Integer> REJECTED = countOf("rejected").as("rejected_entries");
    private static final Field<String> FILE_NAME =
            DSL.jsonbGetAttributeAsText(IMPORT_JOB.OPTIONS, "fileName").as("file_name");

    /// Entries inserted by one statement.
    private static final int MAX_INSERTED = 500;

    private static final int MAX_DELETED = 100;

    private final DSLContext sql;

    JobStore(TasksDatabase database) {
        this.sql = database.database().sql();
    }

    private static Field<Integer> countOf(String state) {
        return DSL.field(DSL.selectCount()
                .from(JOB_ENTRY)
                .where(JOB_ENTRY.JOB_ID.eq(JOB.ID), JOB_ENTRY.STATE.eq(DSL.inline(state))));
    }

    void insert(Job job) {
        sql.insertInto(JOB)
                .set(JOB.ID, job.id().value())
                .set(JOB.KIND, text(job.kind()))
                .set(JOB.TOTAL, job.total())
                .set(JOB.TIME_ZONE, job.timeZone().getId())
                .set(JOB.CREATED_BY, job.createdBy())
                .set(JOB.CREATED_AT, job.createdAt())
                .execute();
    }

    void insert(Job job, List<Job.Change> entries) {
        insert(job);
        for (int from = 0; from < entries.size(); from += MAX_INSERTED) {
            var insert = sql.insertInto(
                    JOB_ENTRY,
                    JOB_ENTRY.JOB_ID,
                    JOB_ENTRY.NUMBER,
                    JOB_ENTRY.TASK_ID,
                    JOB_ENTRY.VERSION,
                    JOB_ENTRY.CHANGE);
            for (Job.Change entry : entries.subList(from, Math.min(entries.size(), from + MAX_INSERTED))) {
                insert = insert.values(
                        job.id().value(),
                        entry.number(),
                        entry.task().value(),
                        entry.version(),
                        JSONB.valueOf(entry.patch()));
            }
            insert.execute();
        }
    }

    /// A user's job.
    Optional<Job> job(UUID user, Job.Id id) {
        return select(List.of())
                .and(JOB.CREATED_BY.eq(user))
                .and(JOB.ID.eq(id.value()))
                .fetchOptional(JobStore::job);
    }

    /// A user's jobs, newest first.
    Page<Job> of(UUID user, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, JOB.ID, "-createdAt", cursor, limit);
        return keyset.page(select(keyset.fields()).and(JOB.CREATED_BY.eq(user)), JobStore::job);
    }

    private SelectConditionStep<Record> select(List<Field<String>> more) {
        return sql.select(JOB.fields())
                .select(DONE, REJECTED, FILE_NAME)
                .select(IMPORT_JOB.FORMAT, IMPORT_JOB.PROJECT_NAME, IMPORT_JOB.SECTIONS, IMPORT_JOB.SUBTASKS)
                .select(IMPORT_JOB.LABELS, IMPORT_JOB.LEFT_OUT, IMPORT_JOB.LINE_COUNT)
                .select(IMPORT_JOB.PROJECT_ID, IMPORT_JOB.PROBLEM)
                .select(more)
                .from(JOB)
                .leftJoin(IMPORT_JOB)
                .on(IMPORT_JOB.JOB_ID.eq(JOB.ID))
                .where(KEPT);
    }

    /// Rejected entries in the order of the request.
    Page<Job.Rejection> rejections(Job.Id id, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(ENTRIES, JOB_ENTRY.NUMBER, "number", cursor, limit);
        return keyset.page(
                sql.select(JOB_ENTRY.fields())
                        .select(keyset.fields())
                        .from(JOB_ENTRY)
                        .where(JOB_ENTRY.JOB_ID.eq(id.value()), JOB_ENTRY.STATE.eq(DSL.inline("rejected"))),
                row -> new Job.Rejection(entry(row), row.get(JOB_ENTRY.PROBLEM).data()));
    }

    /// Ends an unfinished job.
    void cancel(Job.Id id, Instant now) {
        sql.update(JOB)
                .set(JOB.STATE, "cancelled")
                .set(JOB.ENDED_AT, now)
                .where(JOB.ID.eq(id.value()), UNFINISHED)
                .execute();
    }

    /// Unfinished jobs of a kind, oldest first.
    List<Job> unfinished(Job.JobKind kind, int limit) {
        return select(List.of())
                .and(UNFINISHED)
                .and(JOB.KIND.eq(text(kind)))
                .orderBy(JOB.CREATED_AT, JOB.ID)
                .limit(limit)
                .fetch(JobStore::job);
    }

    /// Takes a job for a run, unless it is finished or another run has it.
    boolean take(Job.Id id, UUID run, Instant now, Instant until) {
        return sql.update(JOB)
                        .set(JOB.STATE, "running")
                        .set(JOB.STARTED_AT, DSL.coalesce(JOB.STARTED_AT, DSL.val(now)))
                        .set(JOB.RUN, run)
                        .set(JOB.RUN_UNTIL, until)
                        .where(
                                JOB.ID.eq(id.value()),
                                UNFINISHED,
                                JOB.RUN.eq(run).or(JOB.RUN_UNTIL.isNull()).or(JOB.RUN_UNTIL.lt(now)))
                        .execute()
                == 1;
    }

    /// Lets another run take the job at once.
    void release(Job.Id id, UUID run) {
        sql.update(JOB)
                .setNull(JOB.RUN_UNTIL)
                .where(JOB.ID.eq(id.value()), JOB.RUN.eq(run))
                .execute();
    }

    /// Entries that are neither done nor rejected, in the order of the request.
    List<Job.Change> pending(Job.Id id, int limit) {
        return sql.selectFrom(JOB_ENTRY)
                .where(JOB_ENTRY.JOB_ID.eq(id.value()), JOB_ENTRY.STATE.eq(DSL.inline("pending")))
                .orderBy(JOB_ENTRY.NUMBER)
                .limit(limit)
                .fetch(JobStore::entry);
    }

    /// Marks a pending entry as done, if the run still has the job. Another run waits until the end of
    /// the transaction and then finds it done.
    ///
    /// @return whether it was pending
    boolean begin(Job.Id id, UUID run, int number) {
        return sql.update(JOB_ENTRY)
                        .set(JOB_ENTRY.STATE, "done")
                        .from(JOB)
                        .where(isPending(id, run, number))
                        .execute()
                == 1;
    }

    /// Marks a pending entry as rejected, if the run still has the job.
    ///
    /// @param problem as JSON
    void reject(Job.Id id, UUID run, int number, String problem) {
        sql.update(JOB_ENTRY)
                .set(JOB_ENTRY.STATE, "rejected")
                .set(JOB_ENTRY.PROBLEM, JSONB.valueOf(problem))
                .from(JOB)
                .where(isPending(id, run, number))
                .execute();
    }

    private static Condition isPending(Job.Id id, UUID run, int number) {
        return DSL.and(
                JOB_ENTRY.JOB_ID.eq(id.value()),
                JOB_ENTRY.NUMBER.eq(number),
                JOB_ENTRY.STATE.eq(DSL.inline("pending")),
                JOB.ID.eq(JOB_ENTRY.JOB_ID),
                JOB.RUN.eq(run),
                JOB.STATE.eq(DSL.inline("running")));
    }

    /// Counts a failure of an entry by a fault of Tarn.
    ///
    /// @return how many there have been
    int countFailure(Job.Id id, int number) {
        return sql.update(JOB_ENTRY)
                .set(JOB_ENTRY.ATTEMPTS, JOB_ENTRY.ATTEMPTS.plus(DSL.inline((short) 1)))
                .where(JOB_ENTRY.JOB_ID.eq(id.value()), JOB_ENTRY.NUMBER.eq(number))
                .returning(JOB_ENTRY.ATTEMPTS)
                .fetchSingle()
                .get(JOB_ENTRY.ATTEMPTS);
    }

    /// Ends a job of which no entry is pending.
    void finish(Job.Id id, UUID run, Instant now) {
        sql.update(JOB)
                .set(JOB.STATE, "done")
                .set(JOB.ENDED_AT, now)
                .where(JOB.ID.eq(id.value()), JOB.RUN.eq(run), UNFINISHED)
                .execute();
    }

    /// Deletes a slice of the jobs that ended before, and discards imports.
    JobResult deleteEnded(Instant before) {
        List<UUID> ids = select(List.of())
                .and(JOB.ENDED_AT.lt(before))
                .limit(MAX_DELETED)
                .fetch(JOB.ID);
        delete(JOB.ID.in(ids));
        return JobResult.of("jobs", ids.size(), ids.size() == MAX_DELETED);
    }

    /// Deletes all jobs of a user, and discards imports, of which those that are unfinished are cancelled.
    void deleteOf(UUID user, Instant now) {
        sql.update(JOB)
                .set(JOB.STATE, "cancelled")
                .set(JOB.ENDED_AT, now)
                .where(JOB.CREATED_BY.eq(user), JOB.KIND.eq(text(Job.JobKind.IMPORT)), UNFINISHED)
                .execute();
        delete(JOB.CREATED_BY.eq(user));
    }

    /// An import has more than one statement should delete, and posts to settle: [ImportRunner] does the rest.
    private void delete(Condition jobs) {
        sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.DISCARDED, true)
                .set(IMPORT_JOB.CLEARED, false)
                .from(JOB)
                .where(JOB.ID.eq(IMPORT_JOB.JOB_ID), jobs, IMPORT_JOB.DISCARDED.isFalse())
                .execute();
        sql.deleteFrom(JOB).where(jobs, JOB.KIND.ne(text(Job.JobKind.IMPORT))).execute();
    }

    private static Job.Change entry(Record row) {
        return new Job.Change(
                row.get(JOB_ENTRY.NUMBER),
                new Task.Id(row.get(JOB_ENTRY.TASK_ID)),
                row.get(JOB_ENTRY.VERSION),
                row.get(JOB_ENTRY.CHANGE).data());
    }

    private static String text(Job.JobKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Job job(Record row) {
        Job.JobKind kind = row.get(JOB.KIND).equals("import") ? Job.JobKind.IMPORT : Job.JobKind.CHANGE_TASKS;
        return new Job(
                new Job.Id(row.get(JOB.ID)),
                kind,
                Job.Phase.valueOf(row.get(JOB.STATE).toUpperCase(Locale.ROOT)),
                row.get(JOB.TOTAL),
                row.get(DONE),
                row.get(REJECTED),
                TimeZones.namedOrUtc(row.get(JOB.TIME_ZONE)),
                row.get(JOB.CREATED_BY),
                row.get(JOB.CREATED_AT),
                row.get(JOB.STARTED_AT),
                row.get(JOB.ENDED_AT),
                kind == Job.JobKind.IMPORT ? imported(row) : null);
    }

    private static Job.ImportState imported(Record row) {
        UUID project = row.get(IMPORT_JOB.PROJECT_ID);
        JSONB problem = row.get(IMPORT_JOB.PROBLEM);
        return new Job.ImportState(
                row.get(FILE_NAME),
                row.get(IMPORT_JOB.FORMAT) == null ? null : report(row),
                project == null ? null : new Project.Id(project),
                problem == null ? null : problem.data());
    }

    private static Job.ImportNumbers report(Record row) {
        return new Job.ImportNumbers(
                row.get(IMPORT_JOB.FORMAT),
                row.get(IMPORT_JOB.PROJECT_NAME),
                row.get(IMPORT_JOB.SECTIONS),
                row.get(IMPORT_JOB.SUBTASKS),
                row.get(IMPORT_JOB.LABELS),
                row.get(IMPORT_JOB.LEFT_OUT),
                row.get(IMPORT_JOB.LINE_COUNT));
    }
}
