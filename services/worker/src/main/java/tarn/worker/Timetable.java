package tarn.worker;

import static tarn.worker.JobSchedule.daily;
import static tarn.worker.JobSchedule.everyMinutes;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import tarn.catalogue.Catalogue;
import tarn.platform.job.ServiceJobs;

/// All recurring jobs: name, schedule, what it does, who does it.
///
/// The rules are the owning services'; here stands only when they are applied.
@Singleton
final class Timetable {

    private final List<RecurringJob> jobs;

    Timetable(OwnerJobs owners) {
        this.jobs = List.of(
                new RecurringJob(
                        "complete-totals",
                        everyMinutes(1),
                        "Computes the totals of items that were saved while the calculator was away.",
                        owners.jobOf("complete-totals", Catalogue.TASKS)),
                new RecurringJob(
                        "remove-expired",
                        everyMinutes(10),
                        "Deletes sessions, tokens, invitations and known addresses whose time is over.",
                        owners.jobOf("remove-expired", Catalogue.IDENTITY)),
                new RecurringJob(
                        ServiceJobs.DELETE_IDEMPOTENCY_KEYS,
                        everyMinutes(10),
                        "Deletes the answers kept for 24 hours for requests that are sent again.",
                        owners.jobOfAll(ServiceJobs.DELETE_IDEMPOTENCY_KEYS)),
                new RecurringJob(
                        ServiceJobs.DELETE_EVENTS,
                        everyMinutes(60),
                        "Deletes old events that all consumers have taken.",
                        owners.deleteEvents()),
                new RecurringJob(
                        ServiceJobs.ANALYZE_TABLES,
                        everyMinutes(5),
                        "Updates the database's statistics of tables that have changed much, as after an import.",
                        owners.jobOfAll(ServiceJobs.ANALYZE_TABLES)),
                new RecurringJob(
                        "refresh-statistics",
                        everyMinutes(15),
                        "Counts the tasks of projects again.",
                        owners.jobOf("refresh-statistics", Catalogue.TASKS)),
                new RecurringJob(
                        "resume-jobs",
                        everyMinutes(1),
                        "Resumes accepted changes of tasks whose process has ended.",
                        owners.jobOf("resume-jobs", Catalogue.TASKS)),
                new RecurringJob(
                        "empty-trash",
                        daily("03:20"),
                        "Deletes for good what has been in the trash for 30 days.",
                        owners.jobOf("empty-trash", Catalogue.TASKS, Catalogue.POSTS)),
                new RecurringJob(
                        "delete-old-jobs",
                        daily("03:40"),
                        "Deletes imports and accepted changes of tasks 30 days after their end, with their reports.",
                        owners.jobOf("delete-old-jobs", Catalogue.TASKS)),
                new RecurringJob(
                        "delete-run-records",
                        daily("03:50"),
                        "Deletes the records of runs older than 30 days.",
                        owners.jobOf("delete-run-records", WorkerDatabase.NAME)));
    }

    List<RecurringJob> jobs() {
        return jobs;
    }

    Optional<RecurringJob> find(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
    }
}
