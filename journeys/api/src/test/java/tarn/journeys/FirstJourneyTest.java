package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.Program;

class FirstJourneyTest {

    private static final String BOARD = """
            {"id": "b1", "name": "Hut", "desc": "Everything for the hut", "closed": false,
             "lists": [{"id": "l1", "name": "Next", "closed": false, "pos": 100.5},
                       {"id": "l2", "name": "Later", "closed": false, "pos": 200}],
             "labels": [{"id": "c1", "name": "", "color": "green_dark"}],
             "cards": [{"id": "k1", "name": "Mend the roof", "desc": "Shingles", "idList": "l1", "closed": false,
                        "pos": 1, "idLabels": ["c1"], "due": "2026-12-01T12:00:00.000Z", "dueComplete": false,
                        "idChecklists": ["h1"], "email": "secret+card@boards.example.test"},
                       {"id": "k2", "name": "Paint", "desc": "", "idList": "l2", "closed": true, "pos": 2,
                        "idLabels": []}],
             "checklists": [{"id": "h1", "idCard": "k1", "name": "Checklist", "pos": 1, "checkItems": [
                        {"id": "i1", "name": "Ladder", "state": "complete", "pos": 1},
                        {"id": "i2", "name": "Nails", "state": "incomplete", "pos": 2}]}]}
            """;

    @Test
    void somebodyImportsABoardMovesACardAndCompletesIt() {
        Api ada = Tarn.someone("Ada").api();

        Api.Answer report = ada.post("/api/imports", BOARD);
        assertThat(report.status()).as(report.toString()).isEqualTo(201);
        assertThat(report.json().path("created").path("sections").asInt()).isEqualTo(2);
        assertThat(report.json().path("created").path("tasks").asInt()).isEqualTo(2);
        assertThat(report.json().path("created").path("subtasks").asInt()).isEqualTo(2);
        assertThat(report.body()).doesNotContain("secret+card");

        String project = report.at("/project/id");
        JsonNode sections =
                ada.get("/api/projects/" + project + "/sections").json().path("items");
        JsonNode roof = named(tasks(ada, project), "Mend the roof");
        assertThat(roof.path("subtasks").path("done").asInt()).isEqualTo(1);

        String later = sections.get(1).path("id").asText();
        Map<String, Object> place = new HashMap<>();
        place.put("sectionId", later);
        place.put("after", null);
        Api.Answer moved = ada.put("/api/tasks/" + roof.path("id").asText() + "/position", place);
        assertThat(moved.status()).as(moved.toString()).isEqualTo(200);

        Api.Answer completed = ada.put("/api/tasks/" + roof.path("id").asText() + "/completion");
        assertThat(completed.at("/status")).isEqualTo("done");
        assertThat(completed.at("/sectionId")).isEqualTo(later);
        assertThat(ada.get("/api/projects/" + project).json().path("openTasks").asInt())
                .isEqualTo(1);
    }

    @Test
    void twoUsersShareAProjectAndAStrangerSeesNothing() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Tarn.SignedInUser ben = Tarn.someone("Ben");
        Tarn.SignedInUser eve = Tarn.someone("Eve");
        String project =
                ada.api().post("/api/projects", Map.of("name", "Shared")).at("/id");

        Api.Answer before =
                ada.api().put("/api/projects/" + project + "/members/" + ben.id(), Map.of("role", "editor"));
        Tarn.join(ada, project, ben, "viewer");
        Api.Answer added = ada.api().put("/api/projects/" + project + "/members/" + ben.id(), Map.of("role", "editor"));
        Api.Answer task = ben.api().post("/api/tasks", Map.of("projectId", project, "title", "Ours"));

        assertThat(before.status()).isEqualTo(404);
        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        assertThat(ada.api().get("/api/users?text=ben").at("/items/0/id"))
                .isEqualTo(ben.id().toString());
        assertThat(eve.api().get("/api/users/" + ben.id()).status()).isEqualTo(404);
        assertThat(task.status()).as(task.toString()).isEqualTo(201);
        assertThat(eve.api().get("/api/tasks/" + task.at("/id")).code()).isEqualTo("not-found");
        assertThat(eve.api().get("/api/projects/" + project).status()).isEqualTo(404);
    }

    @Test
    void whatOneWritesIsReadAndAnsweredByTheOthersUntilTheyLeave() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Tarn.SignedInUser ben = Tarn.someone("Ben");
        String project = ada.api().post("/api/projects", Map.of("name", "Hut")).at("/id");
        String member = "/api/projects/" + project + "/members/" + ben.id();
        Tarn.join(ada, project, ben, "editor");
        String task = ada.api()
                .post("/api/tasks", Map.of("projectId", project, "title", "Roof"))
                .at("/id");

        Api.Answer post = ada.api()
                .post(
                        "/api/posts",
                        Map.of(
                                "projectId",
                                project,
                                "title",
                                "Plan",
                                "body",
                                "**Monday**, @ben? <script>alert(1)</script>"));
        Api.Answer comment = ada.api().post("/api/posts", Map.of("taskId", task, "body", "Who has a ladder?"));
        Api.Answer reply = ben.api().post("/api/posts", Map.of("parentId", comment.at("/id"), "body", "I do, @ada."));

        assertThat(post.status()).as(post.toString()).isEqualTo(201);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        Api.Answer read = ben.api().get("/api/posts/" + post.at("/id"));
        assertThat(read.at("/mentions/0/userId")).isEqualTo(ben.id().toString());
        assertThat(read.at("/html")).contains("<strong>Monday</strong>").doesNotContain("<script");
        Api.Answer thread = ben.api().get("/api/posts/threads?tasks=" + task);
        assertThat(thread.at("/items/0/items/0/body")).isEqualTo("Who has a ladder?");
        assertThat(thread.json().at("/items/0/items/0/replies").asInt()).isEqualTo(1);
        assertThat(ada.api()
                        .get("/api/posts?project=" + project + "&text=ladder")
                        .at("/items/0/id"))
                .isEqualTo(comment.at("/id"));
        assertThat(Tarn.someone("Eve").api().get("/api/posts/" + post.at("/id")).code())
                .isEqualTo("not-found");

        ada.api().delete(member);
        if (Tarn.SHAPE == Program.Topology.ONE) {
            assertThat(ben.api().get("/api/posts/" + post.at("/id")).code()).isEqualTo("not-found");
        }
        assertThat(ada.api().get("/api/users?id=" + ben.id()).at("/items/0/name"))
                .isEqualTo("Ben");
        // Where services run apart it takes up to three seconds.
        Eventually.within(
                Duration.ofSeconds(10),
                () -> ben.api().get("/api/posts/" + comment.at("/id")).status() == 404);
    }

    @Test
    void whoDeletesTheAccountLeavesNoProjectWithoutAnOwner() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Tarn.SignedInUser ben = Tarn.someone("Ben");
        String project =
                ben.api().post("/api/projects", Map.of("name", "Shared")).at("/id");
        String members = "/api/projects/" + project + "/members/";
        Tarn.join(ben, project, ada, "editor");
        Map<String, String> farewell = Map.of("password", Tarn.PASSWORD);

        Api.Answer needed = ben.api().post("/api/users/me/deletion", farewell);
        ben.api().put(members + ada.id(), Map.of("role", "owner"));
        Api.Answer gone = ben.api().post("/api/users/me/deletion", farewell);

        assertThat(needed.code()).as(needed.toString()).isEqualTo("last-owner");
        assertThat(gone.status()).as(gone.toString()).isEqualTo(204);
        assertThat(ada.api().get("/api/projects/" + project + "/members").body())
                .contains(ada.id().toString())
                .doesNotContain(ben.id().toString());
    }

    @Test
    void somebodyHasABudgetWorkedOut() {
        Api ada = Tarn.someone("Ada").api();

        Api.Answer total = ada.post(
                "/api/calculations",
                Map.of(
                        "expression",
                        "round(sum(3 * 19.99, shingles) / 3, 2)",
                        "variables",
                        Map.of("shingles", "0.05")));
        Api.Answer wrong = ada.post("/api/calculations", Map.of("expression", "3 * (19.99"));

        assertThat(total.at("/result")).as(total.toString()).isEqualTo("20.01");
        assertThat(wrong.code()).isEqualTo("syntax");
        assertThat(wrong.at("/errors/0/position")).isEqualTo("4");
        assertThat(Tarn.anonymous()
                        .post("/api/calculations", Map.of("expression", "1"))
                        .status())
                .isEqualTo(401);

        String project = ada.post("/api/projects", Map.of("name", "Budget")).at("/id");
        Api.Answer shingles = ada.post(
                "/api/items",
                Map.of(
                        "name",
                        "Shingles",
                        "projectId",
                        project,
                        "quantity",
                        "3",
                        "unitPrice",
                        "19.99",
                        "currency",
                        "EUR"));

        assertThat(shingles.status()).as(shingles.toString()).isEqualTo(201);
        // Pending when the calculator has only just begun and is slow.
        Eventually.within(
                Duration.ofSeconds(10),
                () -> ada.put("/api/items/" + shingles.at("/id") + "/calculation")
                        .at("/total")
                        .equals("59.97"));
        assertThat(ada.get("/api/items/sums?project=" + project).at("/items/0/total"))
                .isEqualTo("59.97");
        Api.Answer nothing = refused(ada, "quantity / (1 - 1)");
        Api.Answer truth = refused(ada, "quantity > 0");
        assertThat(nothing.code()).isEqualTo("division-by-zero");
        assertThat(nothing.at("/errors/0/position")).isEqualTo("9");
        assertThat(truth.code()).isEqualTo("not-a-number");
    }

    /// The refusal of an item with this formula; until the calculator answers in time, items are accepted
    /// with a pending total.
    private static Api.Answer refused(Api api, String formula) {
        List<Api.Answer> answers = new ArrayList<>();
        Eventually.within(Duration.ofSeconds(10), () -> {
            answers.add(api.post("/api/items", Map.of("name", "x", "formula", formula)));
            return answers.getLast().status() != 201;
        });
        return answers.getLast();
    }

    @Test
    void noMemberIsAddedWhomIdentityDoesNotKnow() {
        Api ada = Tarn.someone("Ada").api();
        String project = ada.post("/api/projects", Map.of("name", "Ghosts")).at("/id");

        Api.Answer added = ada.put(
                "/api/projects/" + project + "/members/01970000-0000-7000-8000-000000000000", Map.of("role", "editor"));

        assertThat(added.status()).isEqualTo(404);
    }

    private static List<JsonNode> tasks(Api api, String project) {
        List<JsonNode> all = new ArrayList<>();
        api.get("/api/tasks?project=" + project).json().path("items").forEach(all::add);
        return all;
    }

    private static JsonNode named(List<JsonNode> tasks, String title) {
        return tasks.stream()
                .filter(task -> task.path("title").asText().equals(title))
                .findFirst()
                .orElseThrow();
    }
}
