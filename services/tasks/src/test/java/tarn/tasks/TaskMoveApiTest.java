package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
final class TaskMoveApiTest {

    @Inject
    Team team;

    private String section = "";
    private String a = "";
    private String b = "";
    private String c = "";

    @BeforeEach
    void threeTasks() {
        section = team.sections().getFirst();
        a = team.task(Map.of("title", "a", "sectionId", section));
        b = team.task(Map.of("title", "b", "sectionId", section));
        c = team.task(Map.of("title", "c", "sectionId", section));
    }

    @Test
    void movesToTheFrontBetweenAndToTheEnd() {
        move(c, section, null);
        List<String> front = board();
        move(c, section, a);
        List<String> between = board();
        move(a, section, b);
        List<String> end = board();

        assertThat(front).containsExactly("c", "a", "b");
        assertThat(between).containsExactly("a", "c", "b");
        assertThat(end).containsExactly("c", "b", "a");
    }

    @Test
    void positionsStayShortHoweverOftenOnePlaceIsUsed() {
        String elsewhere = team.task("elsewhere");
        move(c, section, a);
        for (int i = 0; i < 300; i++) {
            move(b, section, a);
            move(c, section, a);
        }

        assertThat(board()).containsExactly("a", "c", "b");
        assertThat(Rows.of("select length(position) from tasks.task where project_id = ?", team.project))
                .allMatch(length -> Integer.parseInt(length) <= Position.MAX_LENGTH);
        assertThat(Rows.of("select version from tasks.task where id = ?", elsewhere))
                .containsExactly("1");
    }

    @Test
    void changesOneRowAndNoOther() {
        Api.Answer moved = move(c, section, a);

        assertThat(moved.at("/version")).isEqualTo("2");
        assertThat(moved.etag()).startsWith("\"2");
        assertThat(Rows.of("select version from tasks.task where project_id = ?", team.project))
                .containsExactlyInAnyOrder("1", "1", "2");
    }

    @Test
    void movesToAnotherSectionAndOutOfAll() {
        String other = team.sections().getLast();
        String d = team.task(Map.of("title", "d", "sectionId", other));

        Api.Answer behind = move(a, other, d);
        Api.Answer out = move(b, null, null);

        assertThat(behind.at("/sectionId")).isEqualTo(other);
        assertThat(team.titles("section=" + other)).containsExactly("d", "a");
        assertThat(out.json().path("sectionId").isNull()).isTrue();
        assertThat(board()).containsExactly("c");
    }

    @Test
    void aChangedSectionMeansItsEnd() {
        String other = team.sections().getLast();
        team.task(Map.of("title", "d", "sectionId", other));

        team.editor.api().patch("/api/tasks/" + a, Map.of("sectionId", other));

        assertThat(team.titles("section=" + other)).containsExactly("d", "a");
    }

    @Test
    void refusesToStandBehindWhatIsNotThere() {
        String elsewhere =
                team.task(Map.of("title", "d", "sectionId", team.sections().getLast()));
        String trashed = team.task(Map.of("title", "e", "sectionId", section));
        team.editor.api().delete("/api/tasks/" + trashed);

        List<Api.Answer> answers = List.of(
                move(a, section, a),
                move(a, section, elsewhere),
                move(a, section, trashed),
                move(a, section, team.project));

        assertThat(answers)
                .allMatch(answer ->
                        answer.status() == 422 && answer.at("/errors/0/pointer").equals("/after"));
        assertThat(move(a, team.project, null).at("/errors/0/pointer")).isEqualTo("/sectionId");
        assertThat(board()).containsExactly("a", "b", "c");
    }

    @Test
    void keepsTheOrderOverManyMoves() {
        Random random = new Random(5);
        Map<String, String> titles = Map.of(a, "a", b, "b", c, "c");
        List<String> expected = new ArrayList<>(List.of(a, b, c));

        for (int i = 0; i < 40; i++) {
            String moving = expected.remove(random.nextInt(3));
            int place = random.nextInt(3);
            move(moving, section, place == 0 ? null : expected.get(place - 1));
            expected.add(place, moving);
        }

        assertThat(board())
                .as("seed 5")
                .isEqualTo(expected.stream().map(titles::get).toList());
    }

    private Api.Answer move(String task, @Nullable String to, @Nullable String after) {
        Map<String, @Nullable String> place = new HashMap<>();
        place.put("sectionId", to);
        place.put("after", after);
        return team.editor.api().put("/api/tasks/" + task + "/position", place);
    }

    private List<String> board() {
        return team.titles("section=" + section);
    }
}
