package tarn.platform.job;

import org.jooq.DSLContext;
import tarn.platform.problem.Refusal;

/// Refuses runs of a job that a later run has replaced, as of a worker that was frozen and believes
/// that it still has the job; remembers the last run of each job in the table `job_fence`. Checked
/// in the transaction that changes the rows.
final class JobFence {

    private final DSLContext sql;
    private final String table;

    JobFence(DSLContext sql, String schema) {
        this.sql = sql;
        this.table = schema + ".job_fence";
    }

    /// Locks the job until the end of the transaction.
    ///
    /// @throws Refusal.Conflict when a later run has begun
    void require(String job, long run) {
        int current = sql.execute(
                "insert into " + table + " as fence (job, run) values (?, ?) on conflict (job) do update"
                        + " set run = excluded.run where fence.run <= excluded.run",
                job,
                run);
        if (current == 0) {
            throw new Refusal.Conflict("superseded", "A later run of this job has begun.");
        }
    }
}
