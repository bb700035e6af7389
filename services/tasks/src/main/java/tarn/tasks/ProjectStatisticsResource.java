package tarn.tasks;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import tarn.platform.security.CurrentCaller;

/// The statistics of a project over HTTP.
@Path("/api/projects/{id}/statistics")
@Tag(name = "projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class ProjectStatisticsResource {

    private final ProjectStatisticsCache statistics;
    private final CurrentCaller caller;

    ProjectStatisticsResource(ProjectStatisticsCache statistics, CurrentCaller caller) {
        this.statistics = statistics;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("tasks:read")
    @Operation(
            operationId = "readProjectStatistics",
            summary = "What a project's tasks come to",
            description = "Counts every task that is not in the trash. At most 15 minutes old; `computedAt` says of "
                    + "what time. Days and weeks begin in the project's time zone.")
    public View read(@PathParam("id") Project.Id project) {
        return View.of(statistics.of(caller.get(), project));
    }

    /// Statistics as a client sees them.
    @Schema(name = "ProjectStatistics")
    record View(
            @Schema(description = "The time that the numbers are of.")
            Instant computedAt,

            @Schema(
                    description = "Where days and weeks begin: the time zone of the project.",
                    examples = "Europe/Berlin")
            String timeZone,

            @Schema(description = "Open tasks, without archived ones.")
            int openTasks,

            @Schema(description = "Completed tasks, archived ones included.")
            int doneTasks,

            @Schema(description = "Open tasks whose due date or time has passed, without archived ones.")
            int overdueTasks,

            @Schema(description = "Completed tasks that were imported without the time of their completion.")
            int doneAtUnknownTime,

            @Schema(
                    maxItems = ProjectStatistics.WEEKS,
                    description = "The last twelve weeks, the oldest first; the last is the current week.")
            List<WeekView> weeks) {

        static View of(ProjectStatistics statistics) {
            return new View(
                    statistics.computedAt(),
                    statistics.timeZone().getId(),
                    statistics.open(),
                    statistics.done(),
                    statistics.overdue(),
                    statistics.doneAtUnknownTime(),
                    statistics.weeks().stream()
                            .map(week -> new WeekView(week.monday(), week.done()))
                            .toList());
        }
    }

    /// A week as a client sees it.
    @Schema(name = "ProjectStatisticsWeek")
    record WeekView(
            @Schema(description = "The Monday on which it begins.", maxLength = 10)
            LocalDate monday,

            @Schema(description = "Tasks completed in it.") int doneTasks) {}
}
