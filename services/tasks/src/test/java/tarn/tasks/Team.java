package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import jakarta.enterprise.context.Dependent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tarn.platform.Uuid7;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.SettableClock;
import tarn.testing.SignedTokens;
import tarn.testing.TestUser;

/// An owner, an editor and a viewer of a project, and a user who is not in it; new for every test.
@Dependent
@WithTestResource(
        value = DatabaseResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "services", value = "tasks"))
@WithTestResource(value = WelcomingIdentity.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = KeepingPosts.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ReckoningCalculator.class, scope = TestResourceScope.GLOBAL)
final class Team {

    final SettableClock clock;
    final TestUser owner;
    final TestUser editor;
    final TestUser viewer;
    final TestUser stranger;
    final String project;

    private final SignedTokens tokens;

    Team(SignedTokens tokens, SettableClock clock) {
        this.tokens = tokens;
        this.clock = clock;
        this.owner = user();
        this.editor = user();
        this.viewer = user();
        this.stranger = user();
        this.project =
                owner.api().post("/api/projects", Map.of("name", "Garden")).at("/id");
        join(editor, "editor");
        join(viewer, "viewer");
    }

    /// A user new who has signed in.
    TestUser user() {
        UUID id = Uuid7.next(clock);
        return new TestUser(id, tokens);
    }

    /// One of Tarn's own services.
    Api service(String name) {
        return Api.here().bearer(tokens.service(name));
    }

    void join(TestUser user, String role) {
        Api.Answer answer = owner.api().put(path("/members/" + user.id()), Map.of("role", role));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    /// Makes a user a member by an invitation of the owner, as identity does.
    void admit(UUID user, String role) {
        Api.Answer answer = service("identity")
                .header("Idempotency-Key", "admit" + user + project)
                .post(
                        "/internal/tasks/projects/" + project + "/members",
                        Map.of("userId", user, "role", role, "invitedBy", owner.id()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    /// An address below the project.
    String path(String rest) {
        return "/api/projects/" + project + rest;
    }

    /// The ids of the project's sections, in the order of the board.
    List<String> sections() {
        return texts(viewer.api().get(path("/sections")), "id");
    }

    String section(String name) {
        return created(editor.api().post(path("/sections"), Map.of("name", name)));
    }

    String label(String name) {
        return created(editor.api().post(path("/labels"), Map.of("name", name, "color", "red")));
    }

    /// A new task without a section.
    String task(String title) {
        return task(Map.of("title", title));
    }

    /// A new task with these fields.
    String task(Map<String, ?> fields) {
        Map<String, Object> draft = new LinkedHashMap<>(fields);
        draft.put("projectId", project);
        return created(editor.api().post("/api/tasks", draft));
    }

    JsonNode read(String task) {
        return viewer.api().get("/api/tasks/" + task).json();
    }

    /// The titles that a list of the project's tasks gives.
    ///
    /// @param query as in `status=open&sort=due`
    List<String> titles(String query) {
        Api.Answer answer = viewer.api().get("/api/tasks?project=" + project + "&" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return texts(answer, "title");
    }

    static String created(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.at("/id");
    }

    /// One field of every item of a list.
    static List<String> texts(Api.Answer list, String field) {
        List<String> texts = new ArrayList<>();
        list.json().path("items").forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }

    /// The answers to requests that are all sent at once.
    static List<Api.Answer> atOnce(List<Callable<Api.Answer>> requests) throws Exception {
        List<Api.Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Api.Answer> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
