package tarn.tasks;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import tarn.platform.job.JobResult;
import tarn.platform.security.Caller;

/// Stored statistics of projects, counted again at a read when they are 15 minutes old or of another
/// day; a job counts all again that are old, 200 projects in a slice.
@Singleton
final class ProjectStatisticsCache {

    /// Projects refreshed by one call.
    private static final int MAX_REFRESHED = 200;

    private final Projects projects;
    private final ProjectStatisticsStore store;
    private final Clock clock;

    ProjectStatisticsCache(Projects projects, ProjectStatisticsStore store, Clock clock) {
        this.projects = projects;
        this.store = store;
        this.clock = clock;
    }

    /// The statistics of a project: the stored ones while they are current, else new ones.
    ProjectStatistics of(Caller caller, Project.Id id) {
        ZoneId zone = projects.project(caller, id).content().timeZone();
        Instant now = clock.instant();
        return store.stored(id).filter(stored -> stored.isCurrent(now, zone)).orElseGet(() -> refresh(id, zone));
    }

    /// Computes missing statistics and those older than [ProjectStatistics#MAX_AGE], the oldest
    /// first.
    ///
    /// @return with the number of projects refreshed
    JobResult refreshStale() {
        List<ProjectStatisticsStore.Stale> stale =
                store.stale(clock.instant().minus(ProjectStatistics.MAX_AGE), MAX_REFRESHED);
        stale.forEach(project -> refresh(project.project(), project.timeZone()));
        return JobResult.of("projects", stale.size(), stale.size() == MAX_REFRESHED);
    }

    private ProjectStatistics refresh(Project.Id id, ZoneId zone) {
        ProjectStatistics statistics = store.compute(id, zone, clock.instant());
        store.put(id, statistics);
        return statistics;
    }
}
