package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tarn.platform.Uuid7;
import tarn.platform.bus.CacheInvalidation;
import tarn.platform.bus.InvalidationBus;
import tarn.platform.problem.Refusal;
import tarn.platform.service.ServiceClient;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.Eventually;
import tarn.testing.SettableClock;
import tarn.testing.SignedTokens;
import tarn.testing.TestUser;

/// An owner, two editors and a viewer of a project with a task, and a user who is not in it; new for
/// every test.
@Dependent
@WithTestResource(
        value = DatabaseResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "services", value = "posts"))
@WithTestResource(value = Neighbours.class, scope = TestResourceScope.GLOBAL)
final class Team {

    final SettableClock clock;
    final TestUser owner;
    final TestUser editor;
    final TestUser other;
    final TestUser viewer;
    final TestUser stranger;
    final String project;
    final String task;

    private final SignedTokens tokens;
    private final InvalidationBus bus;
    private final ServiceClient services;

    Team(SignedTokens tokens, SettableClock clock, InvalidationBus bus, ServiceClient services) {
        this.tokens = tokens;
        this.clock = clock;
        this.bus = bus;
        this.services = services;
        this.owner = user("Olga Owner");
        this.editor = user("Ada Lovelace");
        this.other = user("Ben Byron");
        this.viewer = user("Vera View");
        this.stranger = user("Sam Strange");
        this.project = Uuid7.next(clock).toString();
        join(owner, "owner");
        join(editor, "editor");
        join(other, "editor");
        join(viewer, "viewer");
        this.task = newTask();
    }

    /// One of Tarn's own services.
    Api service(String name) {
        return Api.here().bearer(tokens.service(name));
    }

    /// Nobody is silent any more, and posts has noticed.
    void everybodyAnswers() {
        Neighbours.SILENT.clear();
        Eventually.within(Duration.ofSeconds(10), () -> {
            try {
                services.to("tasks").get("/internal/tasks/projects/" + project + "/members", JsonNode.class);
                services.to("identity").post("/internal/identity/users", Map.of("ids", List.of()), JsonNode.class);
                return true;
            } catch (Refusal.Unavailable away) {
                return false;
            }
        });
    }

    /// A user new who has signed in.
    TestUser user(String name) {
        UUID id = Uuid7.next(clock);
        Neighbours.NAMES.put(id.toString(), name);
        return new TestUser(id, tokens);
    }

    /// A user's program.
    Api program(TestUser user, String... scopes) {
        return Api.here().bearer(tokens.program(user.id(), scopes));
    }

    /// The gateway, which reads for its graph.
    Api service() {
        return Api.here().bearer(tokens.service("gateway"));
    }

    void join(TestUser user, String role) {
        Neighbours.MEMBERS
                .computeIfAbsent(project, unseen -> new ConcurrentHashMap<>())
                .put(user.id().toString(), role);
    }

    /// Takes a user out of the project; posts does not hear of it.
    void leave(TestUser user) {
        Neighbours.MEMBERS
                .getOrDefault(project, new ConcurrentHashMap<>())
                .remove(user.id().toString());
    }

    /// Tells posts that the members of the project are others now.
    void invalidate() {
        bus.publish(new CacheInvalidation("membership", project));
    }

    String newTask() {
        String id = Uuid7.next(clock).toString();
        Neighbours.TASKS.put(id, project);
        return id;
    }

    /// A post on the project by the editor.
    String post(String body) {
        return created(editor.api().post("/api/posts", Map.of("projectId", project, "body", body)));
    }

    /// Something with these fields by the editor.
    String created(Map<String, ?> draft) {
        return created(editor.api().post("/api/posts", draft));
    }

    /// A comment on the task by the editor.
    String comment(String body) {
        return created(editor.api().post("/api/posts", Map.of("taskId", task, "body", body)));
    }

    /// A reply by the other editor.
    String reply(String parent, String body) {
        return created(other.api().post("/api/posts", Map.of("parentId", parent, "body", body)));
    }

    /// A draft of the editor's.
    String draft(Map<String, ?> fields) {
        Map<String, Object> draft = new LinkedHashMap<>(fields);
        draft.put("draft", true);
        draft.putIfAbsent("body", "Not yet");
        return created(editor.api().post("/api/posts", draft));
    }

    JsonNode read(String post) {
        return viewer.api().get("/api/posts/" + post).json();
    }

    /// The bodies that a list gives.
    ///
    /// @param query as in `task=<id>&state=draft`
    List<String> bodies(TestUser user, String query) {
        Api.Answer answer = user.api().get("/api/posts?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return texts(answer, "body");
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
}
