package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tarn.platform.problem.Refusal;
import tarn.testing.TestUser;

/// Rows as they were before dates.
@QuarkusTest
final class DateConversionStoreTest {

    @Inject
    Team team;

    @Inject
    DateConversion conversion;

    /// The creator's zone is what identity says: Europe/Berlin, except of those whom it does not know.
    private void before(TestUser creator) {
        Rows.run(
                "insert into tasks.zone_question (user_id, asked_at) values (?, now() + interval '1 day')"
                        + " on conflict do nothing",
                creator.id().toString());
    }

    private String task(String title, String due) {
        return team.task(Map.of("title", title, "due", due));
    }

    @Test
    void whatWasSharpInTheZoneOfItsCreatorBecomesADate() {
        String evening = task("evening", "2026-12-24T16:00:00Z");
        String summer = task("summer", "2026-07-24T15:00:00Z");
        String midnight = task("midnight", "2026-12-23T23:00:00Z");
        String elsewhere = task("17:00 in UTC", "2026-12-24T17:00:00Z");
        String almost = task("almost", "2026-12-24T16:00:00.000001Z");
        String both =
                team.task(Map.of("title", "both", "start", "2026-12-23T23:00:00Z", "due", "2026-12-24T16:30:00Z"));
        before(team.editor);
        before(team.owner);

        conversion.run();

        assertThat(List.of(evening, summer, midnight, elsewhere, almost, both))
                .extracting(id -> team.read(id).path("due").asText())
                .containsExactly(
                        "2026-12-24",
                        "2026-07-24",
                        "2026-12-24",
                        "2026-12-24T17:00:00Z",
                        "2026-12-24T16:00:00.000001Z",
                        "2026-12-24T16:30:00Z");
        assertThat(team.read(both).path("start").asText()).isEqualTo("2026-12-24");
        assertThat(team.read(evening).path("version").asLong()).isEqualTo(2);
        assertThat(Rows.of("select payload ->> 'due' from tasks.outbox where aggregate_id = ? order by seq", evening))
                .containsExactly("2026-12-24T16:00:00.000000Z", "2026-12-24");
        assertThat(team.owner.api().get("/api/projects/" + team.project).at("/timeZone"))
                .isEqualTo("Europe/Berlin");
        assertThat(Rows.of(
                        "select 1 from tasks.zone_question where user_id = ?",
                        team.editor.id().toString()))
                .isEmpty();
    }

    @Test
    void whatWasChangedSinceDatesCameStaysATime() {
        String task = task("evening", "2026-12-24T16:00:00Z");
        Rows.run(
                "insert into tasks.zone_question (user_id, asked_at) values (?, now() - interval '1 day')",
                team.editor.id().toString());

        conversion.run();

        assertThat(team.read(task).path("due").asText()).isEqualTo("2026-12-24T16:00:00Z");
    }

    @Test
    void aQuestionStaysUntilIdentityAnswers() {
        String trouble = WelcomingIdentity.TROUBLE.toString();
        Rows.run("insert into tasks.zone_question (user_id) values (?)", trouble);

        try {
            assertThatThrownBy(() -> conversion.run()).isInstanceOf(Refusal.Unavailable.class);
            assertThat(Rows.of("select 1 from tasks.zone_question where user_id = ?", trouble))
                    .hasSize(1);
        } finally {
            Rows.run("delete from tasks.zone_question where user_id = ?", trouble);
        }
    }
}
