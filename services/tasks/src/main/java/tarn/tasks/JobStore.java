package tarn.tasks;

import static tarn.tasks.sql.Tables.JOB;
import static tarn.tasks.sql.Tables.JOB_ENTRY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/// SQL access to jobs and their entries.
@Singleton
final class JobStore {

    private static final Map<String, Field<?>> SORTABLE = Map.of("createdAt", JOB.CREATED_AT);
    private static final Map<String, Field<?>> ENTRIES = Map.of("number", JOB_ENTRY.NUMBER);
    private static final Condition UNFINISHED = JOB.STATE.in(DSL.inline("queued"), DSL.inline("running"));
    private static final Field<Integer> DONE = countOf("done");
    private static final Field<Integer> REJECTED = countOf("rejected");

    /// Entries inserted by one statement.
    private static final int MAX_INSERTED = 500;

    private static final int MAX_DELETED = 100;

    private final DSLContext sql;
    private final ObjectMapper mapper;

    JobStore(TasksDatabase database, ObjectMapper mapper) {
        this.sql = database.database().sql();
        this.mapper = mapper;
    }

    private static Field<Integer> countOf(String state) {
        return DSL.field(DSL.selectCount()
                        .from(JOB_ENTRY)
                        .where(JOB_ENTRY.JOB_ID.eq(JOB.ID), JOB_ENTRY.STATE.eq(DSL.inline(state))))
                .as(state + "_entries");
    }

    void insert(Job job, List<Job.Entry> entries) {
        sql.insertInto(JOB)
                .set(JOB.ID, job.id().value())
                .set(JOB.KIND, "change-tasks")
                .set(JOB.TOTAL, entries.size())
                .set(JOB.TIME_ZONE, job.timeZone().getId())
                .set(JOB.CREATED_BY, job.createdBy())
                .set(JOB.CREATED_AT, job.createdAt())
                .execute();
        for (int from = 0; from < entries.size(); from += MAX_INSERTED) {
            var insert = sql.insertInto(
                    JOB_ENTRY,
                    JOB_ENTRY.JOB_ID,
                    JOB_ENTRY.NUMBER,
                    JOB_ENTRY.TASK_ID,
                    JOB_ENTRY.VERSION,
                    JOB_ENTRY.CHANGE);
            for (Job.Entry entry : entries.subList(from, Math.min(entries.size(), from + MAX_INSERTED))) {
                insert = insert.values(
                        job.id().value(),
                        entry.number(),
                        entry.task().value(),
                        entry.version(),
                        JSONB.valueOf(entry.change().toString()));
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
                .select(DONE, REJECTED)
                .select(more)
                .from(JOB)
                .where(DSL.noCondition());
    }

    /// Rejected entries in the order of the request.
    Page<Job.Rejection> rejections(Job.Id id, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(ENTRIES, JOB_ENTRY.NUMBER, "number", cursor, limit);
        return keyset.page(
                sql.select(JOB_ENTRY.fields())
                        .select(keyset.fields())
                        .from(JOB_ENTRY)
                        .where(JOB_ENTRY.JOB_ID.eq(id.value()), JOB_ENTRY.STATE.eq(DSL.inline("rejected"))),
                row -> new Job.Rejection(entry(row), json(row.get(JOB_ENTRY.PROBLEM))));
    }

    /// Ends an unfinished job.
    void cancel(Job.Id id, Instant now) {
        sql.update(JOB)
                .set(JOB.STATE, "cancelled")
                .set(JOB.ENDED_AT, now)
                .where(JOB.ID.eq(id.value()), UNFINISHED)
                .execute();
    }

    /// Unfinished jobs, oldest first.
    List<Job> unfinished(int limit) {
        return select(List.of())
                .and(UNFINISHED)
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
    List<Job.Entry> pending(Job.Id id, int limit) {
        return sql.selectFrom(JOB_ENTRY)
                .where(JOB_ENTRY.JOB_ID.eq(id.value()), JOB_ENTRY.STATE.eq(DSL.inline("pending")))
                .orderBy(JOB_ENTRY.NUMBER)
                .limit(limit)
                .fetch(this::entry);
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
    int failed(Job.Id id, int number) {
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

    /// Deletes jobs that ended before, 100 at most.
    void deleteEnded(Instant before) {
        sql.deleteFrom(JOB)
                .where(JOB.ID.in(DSL.select(JOB.ID)
                        .from(JOB)
                        .where(JOB.ENDED_AT.lt(before))
                        .limit(MAX_DELETED)))
                .execute();
    }

    /// Deletes all jobs of a user.
    void deleteOf(UUID user) {
        sql.deleteFrom(JOB).where(JOB.CREATED_BY.eq(user)).execute();
    }

    private Job.Entry entry(Record row) {
        return new Job.Entry(
                row.get(JOB_ENTRY.NUMBER),
                new Task.Id(row.get(JOB_ENTRY.TASK_ID)),
                row.get(JOB_ENTRY.VERSION),
                json(row.get(JOB_ENTRY.CHANGE)));
    }

    private ObjectNode json(JSONB stored) {
        try {
            return mapper.readValue(stored.data(), ObjectNode.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Not JSON", impossible);
        }
    }

    private static Job job(Record row) {
        return new Job(
                new Job.Id(row.get(JOB.ID)),
                Job.Phase.valueOf(row.get(JOB.STATE).toUpperCase(Locale.ROOT)),
                row.get(JOB.TOTAL),
                row.get(DONE),
                row.get(REJECTED),
                TimeZones.namedOrUtc(row.get(JOB.TIME_ZONE)),
                row.get(JOB.CREATED_BY),
                row.get(JOB.CREATED_AT),
                row.get(JOB.STARTED_AT),
                row.get(JOB.ENDED_AT));
    }
}
