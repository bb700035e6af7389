package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tarn.testing.Api;

/// Many moves of one project at the same time.
@QuarkusTest
@Timeout(60)
final class TaskMoveCrowdApiTest {

    private static final int TASKS = 12;
    private static final int MOVES = 240;

    @Inject
    Team team;

    private final List<String> tasks = new ArrayList<>();
    private String section = "";

    /// A request to move, and its answer.
    private record Move(String task, @Nullable String after) {}

    @BeforeEach
    void aSectionOfTasks() {
        section = team.sections().getFirst();
        for (int i = 0; i < TASKS; i++) {
            tasks.add(team.task(Map.of("title", "" + i, "sectionId", section)));
        }
    }

    /// The events tell in which order the moves took effect.
    @Test
    void eachMoveStandsBehindItsNeighbourInSomeOrderOfAllMoves() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, String> positions = positions();
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < MOVES; i++) {
            int moving = random.nextInt(TASKS);
            int after = (moving + random.nextInt(TASKS)) % TASKS;
            moves.add(new Move(tasks.get(moving), after == moving ? null : tasks.get(after)));
        }

        List<Api.Answer> answers = Team.atOnce(moves.stream().map(this::request).toList());

        assertThat(answers).extracting(Api.Answer::status).containsOnly(200);
        // Whoever moves a task to where it stands changes nothing: that answer has the version of an earlier one.
        Map<String, Set<@Nullable String>> neighbours = new HashMap<>();
        for (int i = 0; i < MOVES; i++) {
            neighbours
                    .computeIfAbsent(
                            moves.get(i).task() + ' ' + answers.get(i).at("/version"), version -> new HashSet<>())
                    .add(moves.get(i).after());
        }
        List<String> events = Rows.of(
                "select aggregate_id || ' ' || (payload ->> 'version') || ' ' || (payload ->> 'position')"
                        + " from tasks.outbox where type = 'task.moved' and payload ->> 'projectId' = ?::uuid::text"
                        + " order by seq",
                team.project);
        assertThat(events).hasSameSizeAs(neighbours.keySet()).hasSizeGreaterThan(MOVES / 2);
        for (String event : events) {
            String[] parts = event.split(" ", -1);
            positions.put(parts[0], parts[2]);
            List<String> order = inOrder(positions);
            int place = order.indexOf(parts[0]);
            assertThat(place == 0 ? null : order.get(place - 1))
                    .as("seed %d, %s", seed, event)
                    .isIn(neighbours.get(parts[0] + ' ' + parts[1]));
            assertThat(positions.values()).as("seed %d, %s", seed, event).doesNotHaveDuplicates();
        }
        assertThat(positions()).as("seed %d", seed).isEqualTo(positions);
    }

    @Test
    void whoMovesAtOnceWithOthersIsRefusedAlone() throws Exception {
        String first = tasks.getFirst();
        Map<String, Object> good = Map.of("sectionId", section, "after", first);
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        for (int i = 1; i < TASKS; i++) {
            String path = "/api/tasks/" + tasks.get(i) + "/position";
            requests.add(() -> team.editor.api().put(path, good));
            requests.add(() -> team.viewer.api().put(path, good));
            requests.add(() -> team.stranger.api().put(path, good));
            requests.add(() -> team.editor.api().header("If-Match", "\"99\"").put(path, good));
            requests.add(() -> team.editor.api().put(path, Map.of("sectionId", team.project)));
            requests.add(() -> team.editor.api().put(path, Map.of("after", first)));
        }

        List<Api.Answer> answers = Team.atOnce(requests);

        List<Integer> expected = List.of(200, 403, 404, 412, 422, 422);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).status()).as(answers.get(i).toString()).isEqualTo(expected.get(i % 6));
        }
        assertThat(Rows.of("select distinct position from tasks.task where project_id = ?", team.project))
                .hasSize(TASKS);
        assertThat(Rows.of("select max(version) from tasks.task where project_id = ?", team.project))
                .containsExactly("2");
    }

    @Test
    void movesAndParentsAtOnceMakeNoCycle() throws Exception {
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            String task = tasks.get(i);
            String other = tasks.get((i + 1) % TASKS);
            requests.add(() -> team.editor.api().patch("/api/tasks/" + task, Map.of("parentId", other)));
            requests.add(request(new Move(task, other)));
        }

        List<Api.Answer> answers = Team.atOnce(requests);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.status() + answer.code())
                        .as(answer.toString())
                        .isIn("200", "422cycle", "422too-deep"));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSizeGreaterThan(TASKS);
        assertThat(Rows.of(
                        "with recursive up (id, depth) as (select id, 0 from tasks.task where project_id = ?"
                                + " union all select t.parent_id, up.depth + 1 from up join tasks.task t on t.id = up.id"
                                + " where t.parent_id is not null and up.depth < 50) select max(depth) from up",
                        team.project))
                .allMatch(depth -> Integer.parseInt(depth) <= TaskTree.MAX_DEPTH);
        assertThat(positions().values()).doesNotHaveDuplicates();
    }

    private Callable<Api.Answer> request(Move move) {
        Map<String, @Nullable String> place = new HashMap<>();
        place.put("sectionId", section);
        place.put("after", move.after());
        return () -> team.editor.api().put("/api/tasks/" + move.task() + "/position", place);
    }

    private Map<String, String> positions() {
        return Rows.of("select id || ' ' || position from tasks.task where project_id = ?", team.project).stream()
                .map(row -> row.split(" ", -1))
                .collect(Collectors.toMap(row -> row[0], row -> row[1]));
    }

    private static List<String> inOrder(Map<String, String> positions) {
        return positions.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .toList();
    }
}
