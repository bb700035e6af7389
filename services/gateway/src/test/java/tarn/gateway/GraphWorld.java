package tarn.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FakeService.ReceivedRequest;

/// All services at another address, with a world that goes on for ever: a project has 40 tasks, a task three
/// assignees and 12 comments, a comment an author. [#DEAD] is not there. `/test/asked` tells what was asked of
/// the services since it was asked last.
public final class GraphWorld implements QuarkusTestResourceLifecycleManager {

    static final String PROJECT = id("project", 1);
    static final String TASK = id("task", 7);
    static final String DEAD = "0190a000-0000-7000-8000-00000000dead";

    /// Its comments cannot be read.
    static final String TASK_IN_TROUBLE = id("task", 99);

    /// Takes its time to be read.
    static final String SLOW_PROJECT = id("project", 98);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PretendIdentity identity = new PretendIdentity();
    private final AtomicInteger slowReads = new AtomicInteger();
    private final AtomicInteger mostSlowReads = new AtomicInteger();
    private int told;

    private final FakeService services = new FakeService()
            .on("GET", "/.well-known/jwks.json", _ -> CannedAnswer.ok(identity.keys()))
            .on("POST", "/internal/identity/service-tokens", _ -> CannedAnswer.ok(identity.serviceToken()))
            .on("GET", "/internal/identity/revocations", _ -> CannedAnswer.ok("{\"items\":[],\"last\":0}"))
            .on("POST", "/internal/tasks/reads", this::reads)
            .on("POST", "/internal/posts/reads", this::reads)
            .on("POST", "/internal/tasks/search", GraphWorld::searchTasks)
            .on("POST", "/internal/posts/search", GraphWorld::searchPosts)
            .on("GET", "/api/users", GraphWorld::searchUsers)
            .on("POST", "/internal/identity/users", GraphWorld::users)
            .on("GET", "/api/users/me", _ -> CannedAnswer.ok(user(id("user", 1)).toString()))
            .on("POST", "/api/", GraphWorld::echo)
            .on("PUT", "/api/", GraphWorld::echo)
            .on("PATCH", "/api/", GraphWorld::echo)
            .on("POST", "/api/calculations/batch", GraphWorld::calculations)
            .on("DELETE", "/api/", _ -> CannedAnswer.of(204))
            .on("GET", "/test/most-slow-reads", _ -> CannedAnswer.ok(mostSlowReads.toString()))
            .on("GET", "/test/asked", _ -> CannedAnswer.ok(asked()));

    static String id(String kind, int number) {
        return new UUID(0x7000L, 0x8000_0000_0000_0000L | ((long) kind.charAt(0) << 32) | number).toString();
    }

    @Override
    public Map<String, String> start() {
        String url = services.url().toString();
        return Map.of(
                "tarn.route.identity",
                url,
                "tarn.route.tasks",
                url,
                "tarn.route.posts",
                url,
                "tarn.route.calculator",
                url);
    }

    @Override
    public void stop() {
        services.close();
    }

    private String asked() {
        String all = services.asked().stream()
                .skip(told)
                .filter(one -> one.path().startsWith("/api")
                        || one.path().contains("s/reads")
                        || one.path().contains("s/search")
                        || one.path().contains("users"))
                .map(one -> one.method() + ' ' + one.path())
                .collect(Collectors.joining("\n"));
        told = services.asked().size();
        return all.isEmpty() ? "-" : all;
    }

    private CannedAnswer reads(ReceivedRequest asked) {
        String service = asked.header("Authorization");
        String user = asked.header("Tarn-On-Behalf-Of");
        if (!service.startsWith("Bearer ") || !user.startsWith("Bearer ") || service.equals(user)) {
            return CannedAnswer.of(401);
        }
        ObjectNode answers = JSON.createObjectNode();
        ArrayNode items = answers.putArray("items");
        for (JsonNode read : json(asked.body()).path("reads")) {
            ObjectNode answer = items.addObject();
            String id = read.path("id").asText();
            if (id.equals(SLOW_PROJECT)) {
                takeTime();
            }
            if (read.path("cursor").asText().equals("nonsense")) {
                answer.put("status", 400)
                        .putObject("problem")
                        .put("code", "invalid")
                        .put("detail", "A parameter cannot be understood.");
            } else if (id.equals(DEAD)) {
                answer.put("status", 404)
                        .putObject("problem")
                        .put("code", "not-found")
                        .put("detail", "There is none.");
            } else if (id.equals(TASK_IN_TROUBLE) && read.path("kind").asText().equals("of-task")) {
                return CannedAnswer.of(500);
            } else {
                answer.put("status", 200).set("body", body(read, id));
            }
        }
        return CannedAnswer.ok(answers.toString());
    }

    private void takeTime() {
        mostSlowReads.accumulateAndGet(slowReads.incrementAndGet(), Math::max);
        LockSupport.parkNanos(50_000_000);
        slowReads.decrementAndGet();
    }

    private static JsonNode body(JsonNode read, String id) {
        return switch (read.path("kind").asText()) {
            case "project" ->
                thing(id).put("name", "Garden").put("role", "owner").put("openTasks", 3);
            case "task" -> task(id, PROJECT);
            case "item" -> thing(id).put("name", "Paint").put("total", "0.30").put("totalState", "done");
            case "post" -> post(id, TASK);
            case "tasks", "subtasks" -> page(read, 40, "task");
            case "of-task", "of-project", "replies" -> page(read, 12, "post");
            default -> page(read, 2, "label");
        };
    }

    private static ObjectNode page(JsonNode read, int size, String kind) {
        int from = read.path("cursor").asInt();
        int to = Math.min(size, from + read.path("limit").asInt(50));
        ObjectNode page = JSON.createObjectNode();
        ArrayNode items = page.putArray("items");
        ArrayNode cursors = page.putArray("cursors");
        for (int i = from; i < to; i++) {
            String id = id(kind, i + 1);
            cursors.add(Integer.toString(i + 1));
            items.add(
                    switch (kind) {
                        case "task" -> task(id, read.path("id").asText());
                        case "post" -> post(id, read.path("id").asText());
                        default ->
                            thing(id)
                                    .put("name", kind + i)
                                    .put("color", "red")
                                    .put("role", "viewer")
                                    .put("items", 1);
                    });
        }
        return page.put("nextCursor", to < size ? Integer.toString(to) : null);
    }

    private static ObjectNode thing(String id) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("version", 3)
                .put("createdAt", "2026-01-31T12:00:00Z")
                .put("createdBy", id("user", 1))
                .put("updatedBy", id("user", 2));
    }

    private static ObjectNode task(String id, String project) {
        ObjectNode task =
                thing(id).put("projectId", project).put("title", "Rake").put("status", "open");
        task.put("parentId", DEAD).put("priority", "none");
        task.putArray("assignees").add(id("user", 1)).add(id("user", 2)).add(id("user", 3));
        return task;
    }

    private static ObjectNode post(String id, String task) {
        ObjectNode post =
                thing(id).put("taskId", task).put("authorId", id("user", 4)).put("html", "<p>Hi</p>");
        post.put("replies", 5).put("state", "published");
        post.putArray("mentions").addObject().put("userId", id("user", 2)).put("name", "Bo");
        return post;
    }

    private static ObjectNode user(String id) {
        return JSON.createObjectNode().put("id", id).put("name", "User " + id.substring(34));
    }

    private static CannedAnswer users(ReceivedRequest asked) {
        ObjectNode page = JSON.createObjectNode();
        ArrayNode users = page.putArray("items");
        json(asked.body()).path("ids").forEach(id -> users.add(user(id.asText())));
        return CannedAnswer.ok(page.toString());
    }

    private static CannedAnswer searchTasks(ReceivedRequest asked) {
        if (json(asked.body()).path("in").asText().equals(DEAD)) {
            return CannedAnswer.of(404);
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("projects").put("truncated", false).putArray("items");
        ObjectNode tasks = answer.putObject("tasks").put("truncated", true);
        ObjectNode hit = tasks.putArray("items").addObject();
        hit.put("id", TASK).put("projectId", PROJECT).put("projectName", "Garden");
        hit.put("status", "done").put("archived", false).putNull("parentId");
        hit.putArray("title").addObject().put("text", "<b>Rake</b>").put("match", true);
        hit.putArray("excerpt");
        return CannedAnswer.ok(answer.toString());
    }

    private static CannedAnswer searchPosts(ReceivedRequest asked) {
        if (json(asked.body()).path("text").asText().equals("trouble")) {
            return CannedAnswer.of(500);
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("posts").put("truncated", false).putArray("items");
        return CannedAnswer.ok(answer.toString());
    }

    private static CannedAnswer searchUsers(ReceivedRequest asked) {
        ObjectNode page = JSON.createObjectNode();
        page.putArray("items").addObject().put("id", id("user", 1)).put("name", "Ada Rake");
        return asked.query().contains("text=") ? CannedAnswer.ok(page.toString()) : CannedAnswer.of(400);
    }

    private static CannedAnswer calculations(ReceivedRequest asked) {
        ObjectNode answers = JSON.createObjectNode();
        ArrayNode items = answers.putArray("items");
        for (JsonNode draft : json(asked.body()).path("calculations")) {
            ObjectNode answer = items.addObject();
            if (draft.path("expression").asText().equals("1 / 0")) {
                ObjectNode problem = answer.put("status", 422).putObject("problem");
                problem.put("code", "division-by-zero").put("detail", "Nothing can be divided by 0.");
                problem.putArray("errors")
                        .addObject()
                        .put("pointer", "/expression")
                        .put("position", 2);
            } else {
                answer.put("status", 200)
                        .putObject("result")
                        .put("result", draft.path("variables").path("a").asText("2"))
                        .put("type", "decimal")
                        .put("exact", true)
                        .put("expression", draft.toString());
            }
        }
        return CannedAnswer.ok(answers.toString());
    }

    /// The thing that was changed, with how it was changed for its title.
    private static CannedAnswer echo(ReceivedRequest asked) {
        if (asked.header("If-Match").equals("\"1\"")) {
            return new CannedAnswer(412, "{\"code\":\"version-mismatch\",\"detail\":\"It was changed.\"}");
        }
        return CannedAnswer.ok(task(TASK, PROJECT)
                .put("title", asked.method() + ' ' + asked.path() + ' ' + asked.header("If-Match") + ' ' + asked.body())
                .toString());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException foreign) {
            throw new IllegalArgumentException(foreign);
        }
    }
}
