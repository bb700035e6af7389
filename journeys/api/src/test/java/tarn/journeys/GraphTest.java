package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;

/// The graph over the real services.
class GraphTest {

    @Test
    void aProjectIsBuiltAndReadAsOne() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Tarn.SignedInUser ben = Tarn.someone("Ben");
        String project = data(ada.api(), "mutation { createProject(input: {name: \"Hut\"}) { id role } }")
                .at("/createProject/id")
                .asText();
        Tarn.join(ada, project, ben, "editor");

        String task = data(
                        ben.api(),
                        "mutation { createTask(projectId: \"%s\", input: {title: \"Roof\", priority: HIGH, assignees: [\"%s\"]}) { id } }"
                                .formatted(project, ada.id()))
                .at("/createTask/id")
                .asText();
        data(
                ben.api(),
                "mutation { createPost(taskId: \"%s\", input: {body: \"Ask @ada **first**\"}) { id } }"
                        .formatted(task));
        String item = data(
                        ada.api(),
                        "mutation { createItem(projectId: \"%s\", input: {name: \"Shingles\", quantity: 0.1, unitPrice: \"3\", currency: \"EUR\"}) { id } }"
                                .formatted(project))
                .at("/createItem/id")
                .asText();
        // Pending when the calculator has only just begun and is slow.
        Eventually.within(
                Duration.ofSeconds(10),
                () -> data(ada.api(), "mutation { calculateItem(id: \"%s\") { total } }".formatted(item))
                        .at("/calculateItem/total")
                        .asText()
                        .equals("0.3"));
        data(ada.api(), "mutation { completeTask(id: \"%s\") { status } }".formatted(task));

        JsonNode hut = data(ada.api(), """
                { me { name } project(id: "%s") { name role doneTasks members { role user { name } } sections { name }
                    tasks(first: 5) { nodes { title status priority assignees { name } createdBy { name } project { name }
                        comments(first: 5) { nodes { html author { name } mentions { id name } task { title } } } } }
                    items { nodes { name total totalState } } sums { currency total items } } }
                """.formatted(project));

        assertThat(hut.at("/me/name").asText()).isEqualTo("Ada");
        assertThat(hut.at("/project/role").asText()).isEqualTo("OWNER");
        assertThat(hut.at("/project/members")).hasSize(2);
        assertThat(hut.at("/project/sections/0/name").asText()).isEqualTo("To do");
        JsonNode roof = hut.at("/project/tasks/nodes/0");
        assertThat(roof.path("status").asText() + roof.path("priority").asText())
                .isEqualTo("DONEHIGH");
        assertThat(roof.at("/assignees/0/name").asText()).isEqualTo("Ada");
        assertThat(roof.at("/createdBy/name").asText()).isEqualTo("Ben");
        JsonNode comment = roof.at("/comments/nodes/0");
        assertThat(comment.path("html").asText()).contains("<strong>first</strong>");
        assertThat(comment.at("/mentions/0/id").asText()).isEqualTo(ada.id().toString());
        assertThat(comment.at("/task/title").asText()).isEqualTo("Roof");
        assertThat(hut.at("/project/items/nodes/0/total").asText()).isEqualTo("0.3");
        assertThat(hut.at("/project/sums/0/total").asText()).isEqualTo("0.3");
    }

    @Test
    void goesOnBehindATaskWhateverHasChangedMeanwhile() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        String project = Scene.made(ada, "/api/projects", Map.of("name", "Hut"));
        List<String> tasks = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> Scene.made(ada, "/api/tasks", Map.of("projectId", project, "title", "T" + i)))
                .toList();
        String query = "{ project(id: \"%s\") { tasks(first: 3%s) { edges { cursor node { title } }"
                + " pageInfo { hasNextPage hasPreviousPage endCursor } } } }";
        JsonNode first = data(ada.api(), query.formatted(project, "")).at("/project/tasks");
        String behindTheSecond = first.at("/edges/1/cursor").asText();

        Scene.removed(ada, "tasks", tasks.get(1));
        Scene.removed(ada, "tasks", tasks.get(4));
        ada.api().put("/api/tasks/" + tasks.get(0) + "/position", Map.of("after", tasks.get(5)));
        JsonNode rest = data(ada.api(), query.formatted(project, ", after: \"" + behindTheSecond + '"'))
                .at("/project/tasks");
        JsonNode end = data(
                        ada.api(),
                        query.formatted(
                                project,
                                ", after: \"" + rest.at("/pageInfo/endCursor").asText() + '"'))
                .at("/project/tasks");

        assertThat(first.findValuesAsText("title")).containsExactly("T1", "T2", "T3");
        assertThat(rest.findValuesAsText("title")).containsExactly("T3", "T4", "T6");
        assertThat(rest.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(end.findValuesAsText("title")).containsExactly("T1");
        assertThat(end.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
        assertThat(code(ada.api(), query.formatted(project, ", after: \"nonsense\"")))
                .isEqualTo("invalid");
        assertThat(code(
                        ada.api(),
                        "{ project(id: \"%s\") { tasks(timeZone: \"Mars\") { nodes { id } } } }".formatted(project)))
                .isEqualTo("invalid");
    }

    @Test
    void givesWhatRestGivesAndToNobodyElse() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Tarn.SignedInUser vic = Tarn.someone("Vic");
        Tarn.SignedInUser eve = Tarn.someone("Eve");
        String project =
                ada.api().post("/api/projects", Map.of("name", "Shared")).at("/id");
        Tarn.join(ada, project, vic, "viewer");
        String read = "{ project(id: \"%s\") { name } }".formatted(project);
        String write = "mutation { createTask(projectId: \"%s\", input: {title: \"x\"}) { id } }".formatted(project);

        assertThat(data(vic.api(), read).at("/project/name").asText()).isEqualTo("Shared");
        assertThat(code(vic.api(), write)).isEqualTo("forbidden");
        assertThat(code(eve.api(), read)).isEqualTo("not-found");
        assertThat(code(eve.api(), write)).isEqualTo("not-found");
        assertThat(code(ada.api(), "mutation { createTask(projectId: \"%s\", input: {}) { id } }".formatted(project)))
                .isEqualTo("invalid");
        assertThat(code(ada.api(), "{ task(id: \"none\") { id } }")).isEqualTo("not-found");
        assertThat(code(ada.api(), "{ calculate(expression: \"1 / 0\") { result } }"))
                .isEqualTo("division-by-zero");
    }

    private static JsonNode answer(Api api, String query) {
        return api.post("/graphql", Map.of("query", query)).json();
    }

    private static JsonNode data(Api api, String query) {
        JsonNode answer = answer(api, query);
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.path("data");
    }

    private static String code(Api api, String query) {
        return answer(api, query).at("/errors/0/extensions/code").asText();
    }
}
