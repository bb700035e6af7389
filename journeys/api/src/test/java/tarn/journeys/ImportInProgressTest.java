package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tarn.testing.Api;
import tarn.testing.EventStream;
import tarn.testing.Eventually;

/// Whatever is read while the last transaction of an import runs tells nothing of it.
class ImportInProgressTest {

    private static final Path CONTRACT = Path.of("../../contracts/openapi/tarn.yaml");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int CARDS = 500;

    /// In every title, description and comment of the file.
    private static final String WORD = "quillwort";

    private final Tarn.SignedInUser ada = Tarn.someone("Ada");
    private final Tarn.SignedInUser grace = Tarn.someone("Grace");

    /// The first rows of an import that has not ended.
    private record Staged(String job, String project, String task, String post) {

        static Staged of(String job, Connection tables) throws SQLException {
            List<String> ids = Tables.row(
                    tables,
                    "select r.project_id, r.id, c.post_id from tasks.import_row r join tasks.import_comment c"
                            + " on c.job_id = r.job_id and c.number = 0 where r.job_id = ?::uuid and r.number = 0",
                    job);
            assertThat(ids).as("staged rows").hasSize(3);
            return new Staged(job, ids.getFirst(), ids.get(1), ids.get(2));
        }

        boolean isTold(String body) {
            String text = body.toLowerCase(Locale.ROOT);
            return text.contains(WORD) || List.of(project, task, post).stream().anyMatch(text::contains);
        }
    }

    @Test
    @Timeout(120)
    void tellsNobodyAnythingBeforeItIsDoneAndThenEverything() throws Exception {
        String shared = Scene.made(ada, "/api/projects", Map.of("name", "Garden"));
        Tarn.join(ada, shared, grace, "viewer");
        Staged staged;
        try (EventStream adas = ada.api().stream("/api/live");
                EventStream graces = grace.api().stream("/api/live")) {
            adas.await(SOON, event -> event.name().equals("ready"));
            graces.await(SOON, event -> event.name().equals("ready"));

            try (Connection job = Tables.connect()) {
                staged = heldAtItsEnd(job);
                assertThat(found(ada, staged)).isEmpty();
                assertThat(found(grace, staged)).isEmpty();
                assertThat(events(job, staged)).containsExactly("0");
                assertThat(ada.api().get("/api/jobs/" + staged.job()).at("/state"))
                        .isEqualTo("running");
                for (EventStream stream : List.of(adas, graces)) {
                    assertThat(stream.rest())
                            .noneMatch(event -> staged.isTold(event.data().toString()));
                }
            }

            awaitEnd(staged);
            // A search leaves out a service that does not answer in time.
            Eventually.within(SOON, () -> findsEverything(ada, staged));
            assertThat(found(grace, staged)).isEmpty();
            adas.await(
                    SOON,
                    event -> event.is("project.created")
                            && staged.isTold(event.data().toString()));
            adas.await(
                    SOON,
                    event -> event.is("post.published")
                            && staged.isTold(event.data().toString()));
            assertThat(graces.rest())
                    .noneMatch(event -> staged.isTold(event.data().toString()));
        }
    }

    /// An import whose transaction has created all rows and waits for the job's own.
    ///
    /// @param job keeps it waiting until it is closed
    private Staged heldAtItsEnd(Connection job) throws SQLException {
        try (Connection departure = Tables.connect()) {
            Api.Answer accepted =
                    ada.api().header("Prefer", "respond-async").post("/api/imports?name=" + WORD, board());
            assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
            String id = accepted.at("/id");
            // As while the account is being deleted: the last transaction waits for that before it begins.
            Tables.row(
                    departure,
                    "select pg_advisory_xact_lock(hashtextextended('departs ' || ?, 0))::text",
                    ada.id().toString());
            Tables.awaitWaiting("pg_advisory_xact_lock_shared");
            Tables.row(job, "select 1 from tasks.job where id = ?::uuid for update", id);
            departure.rollback();
            Tables.awaitWaiting("\"ended_at\" =");
            return Staged.of(id, job);
        }
    }

    private void awaitEnd(Staged staged) {
        Eventually.within(
                SOON,
                () -> !ada.api()
                        .get("/api/jobs/" + staged.job())
                        .json()
                        .path("endedAt")
                        .isNull());
        assertThat(ada.api().get("/api/jobs/" + staged.job()).at("/state")).isEqualTo("done");
    }

    private static boolean findsEverything(Tarn.SignedInUser user, Staged staged) {
        try {
            return found(user, staged).containsAll(everything(staged));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Number of events that consumers can see.
    private static List<String> events(Connection tables, Staged staged) throws SQLException {
        return Tables.row(
                tables,
                "select count(*) from (select payload from tasks.outbox union all select payload from posts.outbox)"
                        + " as event where payload ->> 'projectId' = ?",
                staged.project());
    }

    /// What a user reads that tells something of the import: every address of the contract, and the graph.
    private static List<String> found(Tarn.SignedInUser user, Staged staged) throws IOException {
        List<String> found = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (String path : paths(user, staged)) {
                threads.execute(() -> {
                    Api.Answer answer = user.api().get(path);
                    boolean isNamed = !path.contains("?") && staged.isTold(path);
                    if (answer.status() / 100 == 2 && (isNamed || staged.isTold(answer.body()))) {
                        found.add(path);
                    }
                });
            }
            Api.Answer graph = user.api().post("/graphql", Map.of("query", query(staged)));
            assertThat(graph.json().at("/data/projects/nodes").isArray())
                    .as(graph.toString())
                    .isTrue();
            if (staged.isTold(graph.json().path("data").toString())) {
                found.add("/graphql");
            }
        }
        return found;
    }

    private static List<String> everything(Staged staged) {
        String project = "/api/projects/" + staged.project();
        return List.of(
                "/api/projects",
                project,
                project + "/labels",
                project + "/members",
                project + "/sections",
                project + "/statistics",
                "/api/tasks",
                "/api/tasks/" + staged.task(),
                "/api/tasks?project=" + staged.project(),
                "/api/tasks?text=" + WORD,
                "/api/posts/" + staged.post(),
                "/api/posts?task=" + staged.task(),
                "/api/posts/threads?tasks=" + staged.task(),
                "/api/search?text=" + WORD,
                "/graphql");
    }

    private static List<String> paths(Tarn.SignedInUser user, Staged staged) throws IOException {
        JsonNode contract =
                new ObjectMapper(new YAMLFactory()).readTree(CONTRACT.toFile()).path("paths");
        List<String> paths = new ArrayList<>();
        contract.properties().forEach(path -> {
            String name = path.getKey();
            // Streams never end, and the report of the file is its user's own.
            boolean isOther = name.equals("/api/live") || name.matches("/api/jobs/\\{id}/(lines|report|rejections)");
            if (path.getValue().has("get") && !isOther) {
                paths.add(filled(name, user, staged));
            }
        });
        assertThat(paths).hasSizeGreaterThan(30);
        for (String list : List.of("tasks", "items", "posts")) {
            paths.add("/api/" + list + "?project=" + staged.project());
        }
        paths.add("/api/tasks?text=" + WORD);
        paths.add("/api/tasks?sort=-createdAt");
        paths.add("/api/items/sums?project=" + staged.project());
        paths.add("/api/posts?task=" + staged.task());
        paths.add("/api/posts?author=" + user.id());
        paths.add("/api/posts?text=" + WORD);
        paths.add("/api/posts/threads?tasks=" + staged.task());
        paths.add("/api/projects?text=" + WORD);
        paths.add("/api/search?text=" + WORD);
        return paths;
    }

    private static String filled(String path, Tarn.SignedInUser user, Staged staged) {
        String id = switch (path.replaceFirst("^/api/(\\w+)/.*", "$1")) {
            case "projects" -> staged.project();
            case "tasks" -> staged.task();
            case "posts" -> staged.post();
            case "jobs" -> staged.job();
            case "users" -> user.id().toString();
            default -> "none";
        };
        return path.replaceAll("\\{\\w+}", id);
    }

    private static String query(Staged staged) {
        return """
                {projects(first: 5) {nodes {id name tasks(first: 5) {nodes {id title}}}}
                 project(id: "%s") {id} task(id: "%s") {id comments(first: 5) {nodes {id body}}} post(id: "%s") {id}}
                """.formatted(staged.project(), staged.task(), staged.post());
    }

    private static String board() {
        return "{\"id\": \"b\", \"name\": \"B\", \"lists\": [{\"id\": \"l\", \"name\": \"" + WORD
                + "\", \"pos\": 1}], \"cards\": ["
                + numbered("""
                        {"id": "c%1$d", "idList": "l", "name": "Quillwort %1$d", "desc": "Of quillwort", "pos": %1$d}""")
                + "], \"actions\": ["
                + numbered("""
                        {"type": "commentCard", "date": "2026-02-01T10:00:00.000Z",
                         "memberCreator": {"fullName": "Grace"},
                         "data": {"card": {"id": "c%1$d"}, "text": "More quillwort"}}""")
                + "]}";
    }

    private static String numbered(String part) {
        return IntStream.range(0, CARDS).mapToObj(part::formatted).collect(Collectors.joining(","));
    }
}
