package tarn.worker;

import static tarn.worker.sql.Tables.HEARTBEAT;
import static tarn.worker.sql.Tables.JOB_PAUSE;
import static tarn.worker.sql.Tables.JOB_REQUEST;
import static tarn.worker.sql.Tables.JOB_RUN;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.database.Keyset;
import tarn.platform.http.Page;

/// SQL access to the records of runs, and to pauses of jobs and requests to run one now by
/// administrators.
@Singleton
final class JobRunStore {

    /// A run that has begun.
    record Begun(UUID id, long number) {}

    /// Who paused a job, and when.
    record Pause(UUID by, Instant at) {}

    private static final String NEWEST_FIRST = "-number";
    private static final tarn.worker.sql.tables.JobRun LATER = JOB_RUN.as("later");

    private final DSLContext sql;
    private final ObjectMapper mapper;

    JobRunStore(WorkerDatabase database, ObjectMapper mapper) {
        this.sql = database.database().sql();
        this.mapper = mapper;
    }

    /// Begins a run; runs of the job that have not ended are lost.
    Begun begin(UUID id, String job, String worker, Instant due, Instant now, @Nullable UUID requestedBy) {
        sql.update(JOB_RUN)
                .set(JOB_RUN.ENDED_AT, now)
                .set(JOB_RUN.OUTCOME, text(JobRun.RunOutcome.LOST))
                .where(JOB_RUN.JOB.eq(job), JOB_RUN.ENDED_AT.isNull())
                .execute();
        long number = sql.insertInto(JOB_RUN)
                .set(JOB_RUN.ID, id)
                .set(JOB_RUN.JOB, job)
                .set(JOB_RUN.WORKER, worker)
                .set(JOB_RUN.DUE_AT, due)
                .set(JOB_RUN.STARTED_AT, now)
                .set(JOB_RUN.REQUESTED_BY, requestedBy)
                .returning(JOB_RUN.NUMBER)
                .fetchSingle(JOB_RUN.NUMBER);
        return new Begun(id, number);
    }

    /// Ends a run, unless another has taken its place. A run that was taken for lost and ends after all is not lost.
    void end(UUID id, Instant now, JobRun.RunOutcome outcome, Map<String, Integer> counts, @Nullable String error) {
        sql.update(JOB_RUN)
                .set(JOB_RUN.ENDED_AT, now)
                .set(JOB_RUN.OUTCOME, text(outcome))
                .set(JOB_RUN.COUNTS, json(counts))
                .set(JOB_RUN.ERROR, error)
                .where(
                        JOB_RUN.ID.eq(id),
                        JOB_RUN.OUTCOME.isNull().or(JOB_RUN.OUTCOME.eq(text(JobRun.RunOutcome.LOST))),
                        DSL.notExists(DSL.selectOne()
                                .from(LATER)
                                .where(LATER.JOB.eq(JOB_RUN.JOB), LATER.NUMBER.gt(JOB_RUN.NUMBER))))
                .execute();
    }

    /// Marks the runs as lost whose worker has written no heartbeat for so long.
    void markLost(Duration silence, Instant now) {
        sql.update(JOB_RUN)
                .set(JOB_RUN.ENDED_AT, now)
                .set(JOB_RUN.OUTCOME, text(JobRun.RunOutcome.LOST))
                .where(
                        JOB_RUN.ENDED_AT.isNull(),
                        DSL.notExists(DSL.selectOne()
                                .from(HEARTBEAT)
                                .where(
                                        HEARTBEAT.WORKER.eq(JOB_RUN.WORKER),
                                        HEARTBEAT.AT.ge(HeartbeatStore.before(silence)))))
                .execute();
    }

    /// The latest run of each job.
    Map<String, JobRun> latest() {
        Map<String, JobRun> latest = new HashMap<>();
        sql.select(JOB_RUN.fields())
                .distinctOn(JOB_RUN.JOB)
                .from(JOB_RUN)
                .orderBy(JOB_RUN.JOB, JOB_RUN.NUMBER.desc())
                .fetch(this::run)
                .forEach(run -> latest.put(run.job(), run));
        return latest;
    }

    /// The runs of a job, newest first.
    Page<JobRun> of(String job, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(Map.of("number", JOB_RUN.NUMBER), JOB_RUN.ID, NEWEST_FIRST, cursor, limit);
        return keyset.page(
                sql.select(JOB_RUN.fields())
                        .select(keyset.fields())
                        .from(JOB_RUN)
                        .where(JOB_RUN.JOB.eq(job)),
                this::run);
    }

    int deleteStartedBefore(Instant timestamp, int most) {
        return sql.deleteFrom(JOB_RUN)
                .where(JOB_RUN.ID.in(DSL.select(JOB_RUN.ID)
                        .from(JOB_RUN)
                        .where(JOB_RUN.STARTED_AT.lt(timestamp))
                        .limit(most)))
                .execute();
    }

    Map<String, Pause> pauses() {
        return sql.selectFrom(JOB_PAUSE)
                .fetchMap(JOB_PAUSE.JOB, row -> new Pause(row.get(JOB_PAUSE.PAUSED_BY), row.get(JOB_PAUSE.PAUSED_AT)));
    }

    /// Whether a job that is due runs: it is not paused, or an administrator has requested the run.
    boolean isWanted(String job) {
        return sql.select(DSL.notExists(DSL.selectOne().from(JOB_PAUSE).where(JOB_PAUSE.JOB.eq(job)))
                        .or(DSL.exists(DSL.selectOne().from(JOB_REQUEST).where(JOB_REQUEST.JOB.eq(job)))))
                .fetchSingle()
                .value1();
    }

    /// Pauses a job, unless it is paused.
    void pause(String job, UUID user, Instant now) {
        sql.insertInto(JOB_PAUSE)
                .set(JOB_PAUSE.JOB, job)
                .set(JOB_PAUSE.PAUSED_BY, user)
                .set(JOB_PAUSE.PAUSED_AT, now)
                .onConflictDoNothing()
                .execute();
    }

    void resume(String job) {
        sql.deleteFrom(JOB_PAUSE).where(JOB_PAUSE.JOB.eq(job)).execute();
    }

    /// Remembers who wants a job to run now.
    void request(String job, UUID user, Instant now) {
        sql.insertInto(JOB_REQUEST)
                .set(JOB_REQUEST.JOB, job)
                .set(JOB_REQUEST.REQUESTED_BY, user)
                .set(JOB_REQUEST.REQUESTED_AT, now)
                .onConflict(JOB_REQUEST.JOB)
                .doNothing()
                .execute();
    }

    /// Who wants the job to run now, once; null for nobody.
    @Nullable
    UUID takeRequest(String job) {
        List<UUID> users = sql.deleteFrom(JOB_REQUEST)
                .where(JOB_REQUEST.JOB.eq(job))
                .returning(JOB_REQUEST.REQUESTED_BY)
                .fetch(JOB_REQUEST.REQUESTED_BY);
        return users.isEmpty() ? null : users.getFirst();
    }

    private JobRun run(Record row) {
        String outcome = row.get(JOB_RUN.OUTCOME);
        return new JobRun(
                row.get(JOB_RUN.ID),
                row.get(JOB_RUN.JOB),
                row.get(JOB_RUN.DUE_AT),
                row.get(JOB_RUN.STARTED_AT),
                row.get(JOB_RUN.ENDED_AT),
                outcome == null ? null : JobRun.RunOutcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
                counts(row.get(JOB_RUN.COUNTS)),
                row.get(JOB_RUN.ERROR),
                row.get(JOB_RUN.REQUESTED_BY));
    }

    private static String text(JobRun.RunOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private JSONB json(Map<String, Integer> counts) {
        try {
            return JSONB.valueOf(mapper.writeValueAsString(counts));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Map<String, Integer> counts(JSONB json) {
        try {
            return mapper.readValue(json.data(), new TypeReference<>() {});
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
