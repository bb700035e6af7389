package tarn.worker;

import static tarn.worker.sql.Tables.HEARTBEAT;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;

/// SQL access to the heartbeats of workers, by the clock of the database; those older than an hour
/// are deleted.
@Singleton
final class HeartbeatStore {

    /// Age after which a row is deleted.
    private static final Duration KEPT = Duration.ofHours(1);

    private final DSLContext sql;

    HeartbeatStore(WorkerDatabase database) {
        this.sql = database.database().sql();
    }

    /// The time of the database.
    Instant time() {
        return sql.fetchSingle("select clock_timestamp()").get(0, Instant.class);
    }

    /// Writes a worker's heartbeat and returns its time.
    Instant beat(String worker, String host, String version, List<String> jobs) {
        sql.deleteFrom(HEARTBEAT).where(HEARTBEAT.AT.lt(before(KEPT))).execute();
        String[] running = jobs.toArray(String[]::new);
        return sql.insertInto(HEARTBEAT)
                .set(HEARTBEAT.WORKER, worker)
                .set(HEARTBEAT.HOST, host)
                .set(HEARTBEAT.VERSION, version)
                .set(HEARTBEAT.JOBS, running)
                .onConflict(HEARTBEAT.WORKER)
                .doUpdate()
                .set(HEARTBEAT.AT, now())
                .set(HEARTBEAT.JOBS, running)
                .returning(HEARTBEAT.AT)
                .fetchSingle(HEARTBEAT.AT);
    }

    /// The heartbeats that are not older than this, the latest first.
    List<Heartbeat> since(Duration age) {
        return sql.selectFrom(HEARTBEAT)
                .where(HEARTBEAT.AT.ge(before(age)))
                .orderBy(HEARTBEAT.AT.desc())
                .fetch(row -> new Heartbeat(
                        row.get(HEARTBEAT.AT),
                        row.get(HEARTBEAT.HOST),
                        row.get(HEARTBEAT.VERSION),
                        List.of(row.get(HEARTBEAT.JOBS))));
    }

    /// A worker that ends says so, and is not missed.
    void delete(String worker) {
        sql.deleteFrom(HEARTBEAT).where(HEARTBEAT.WORKER.eq(worker)).execute();
    }

    private static Field<Instant> now() {
        return DSL.field("now()", Instant.class);
    }

    /// The time so long ago, by the clock of the database.
    static Field<Instant> before(Duration age) {
        return DSL.field("now() - {0}", Instant.class, DSL.val(DayToSecond.valueOf(age)));
    }
}
