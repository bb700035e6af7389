package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
final class ProjectStatisticsApiTest {

    @Inject
    Team team;

    @Inject
    ProjectStatisticsCache refresh;

    @Inject
    ProjectStatisticsStore store;

    @Test
    void countsWhatIsOpenDoneAndOverdue() {
        team.owner.api().patch(team.path(""), Map.of("timeZone", "Pacific/Kiritimati"));
        LocalDate today = LocalDate.ofInstant(team.clock.instant(), ZoneId.of("Pacific/Kiritimati"));
        team.task(Map.of("title", "Rake", "due", today.toString()));
        team.task(Map.of("title", "Late", "due", today.minusDays(1).toString()));
        team.task(Map.of(
                "title", "Later", "due", team.clock.instant().minusSeconds(1).toString()));
        team.task(Map.of("title", "Old", "due", "2020-01-01", "archived", true));
        team.task(Map.of("title", "Done", "status", "done", "due", "2020-01-01"));
        team.editor.api().delete("/api/tasks/" + team.task("Trashed"));

        Api.Answer found = team.viewer.api("UTC").get(team.path("/statistics"));

        assertThat(found.status()).as(found.toString()).isEqualTo(200);
        assertThat(found.at("/openTasks")).isEqualTo("3");
        assertThat(found.at("/doneTasks")).isEqualTo("1");
        assertThat(found.at("/overdueTasks")).isEqualTo("2");
        assertThat(found.at("/doneAtUnknownTime")).isEqualTo("0");
        assertThat(found.at("/timeZone")).isEqualTo("Pacific/Kiritimati");
        assertThat(found.at("/weeks/11/doneTasks")).isEqualTo("1");
    }

    /// The week begins on Monday at midnight in the project's zone, also when clocks change in it.
    @Test
    void countsByWeeksOfTheProject() {
        team.owner.api().patch(team.path(""), Map.of("timeZone", "Europe/Berlin"));
        completedAt("2026-10-18T21:59:59Z");
        completedAt("2026-10-18T22:00:00Z");
        completedAt("2026-10-25T22:59:59Z");
        completedAt("2026-10-25T23:00:00Z");
        completedAt("2020-01-01T00:00:00Z");
        completedAt(null);

        ProjectStatistics found = store.compute(
                new Project.Id(UUID.fromString(team.project)),
                ZoneId.of("Europe/Berlin"),
                Instant.parse("2026-10-28T12:00:00Z"));

        assertThat(found.weeks()).hasSize(12);
        assertThat(found.weeks().subList(9, 12))
                .isEqualTo(List.of(
                        new ProjectStatistics.Week(LocalDate.parse("2026-10-12"), 1),
                        new ProjectStatistics.Week(LocalDate.parse("2026-10-19"), 2),
                        new ProjectStatistics.Week(LocalDate.parse("2026-10-26"), 1)));
        assertThat(found.done()).isEqualTo(6);
        assertThat(found.doneAtUnknownTime()).isEqualTo(1);
    }

    @Test
    void areShownForAQuarterOfAnHourAndThenCountedAgain() {
        assertThat(open()).isEqualTo("0");
        team.task("Rake");
        assertThat(open()).isEqualTo("0");

        team.clock.advance(Duration.ofMinutes(15));

        assertThat(open()).isEqualTo("1");
    }

    @Test
    void areRefreshedByTheJob() {
        assertThat(open()).isEqualTo("0");
        team.task("Rake");
        team.clock.advance(ProjectStatistics.MAX_AGE.plusSeconds(1));

        boolean more = true;
        while (more) {
            more = refresh.refreshStale().more();
        }

        Api.Answer found = team.viewer.api("UTC").get(team.path("/statistics"));
        assertThat(found.at("/openTasks")).isEqualTo("1");
        assertThat(Instant.parse(found.at("/computedAt"))).isEqualTo(team.clock.instant());
    }

    @Test
    void areForMembers() {
        assertThat(team.stranger.api().get(team.path("/statistics")).status()).isEqualTo(404);
    }

    private String open() {
        return team.viewer.api("UTC").get(team.path("/statistics")).at("/openTasks");
    }

    private void completedAt(@Nullable String time) {
        String value = time == null ? "null" : "timestamptz '" + time + "'";
        Rows.run(
                "update tasks.task set completed_at = " + value + " where id = ?",
                team.task(Map.of("title", "Rake", "status", "done")));
    }
}
