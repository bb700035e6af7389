package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tarn.testing.Api;
import tarn.testing.Program;

/// Files as large as the contract promises, imported with the heap that `./tarn` gives, while another user
/// goes on working.
@Tag("long")
class LargeImportProcessTest {

    private static final String PASSWORD = "correct horse battery staple 9";
    private static final Duration MAX_TABLE = Duration.ofSeconds(60);
    private static final Duration MAX_FILE = Duration.ofMinutes(4);
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    private static final int TASKS = 60_000;
    private static final String WORDS = "Reeds along the northern shore, to be cut before the winter comes. ";

    /// A file and what it comes to.
    ///
    /// @param code of the problem; empty when it is imported
    private record LargeFile(
            String name, Duration within, int tasks, String code, String begin, int parts, IntFunction<String> part) {

        Path write(Path folder) throws IOException {
            Path file = folder.resolve(name.replace(' ', '-'));
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                out.write(begin);
                for (int number = 0; number < parts; number++) {
                    out.write(part.apply(number));
                }
                out.write(begin.startsWith("{") ? "{}]}" : "");
            }
            return file;
        }
    }

    private static List<LargeFile> files() {
        String long1500 = WORDS.repeat(24);
        String giant = WORDS.repeat(14_000);
        String comment = WORDS.repeat(15);
        String cards = numberedCards(20_000, WORDS.repeat(55));
        return List.of(
                new LargeFile(
                        "60,000 rows",
                        MAX_TABLE,
                        TASKS,
                        "",
                        "title,notes\n",
                        TASKS,
                        i -> "Reed " + i + ",Some words about it\n"),
                new LargeFile(
                        "60,001 rows", MAX_TABLE, 0, "too-many-items", "title\n", TASKS + 1, i -> "Reed " + i + "\n"),
                new LargeFile(
                        "60,000 long rows",
                        MAX_FILE,
                        TASKS,
                        "",
                        "title,notes\n",
                        TASKS,
                        i -> "Reed " + i + ",\"" + long1500 + "\"\n"),
                new LargeFile(
                        "long descriptions",
                        MAX_FILE,
                        2_000,
                        "",
                        "title,notes\n",
                        2_000,
                        i -> "Reed " + i + ",\"" + WORDS.repeat(740) + "\"\n"),
                new LargeFile(
                        "giant cells",
                        MAX_FILE,
                        100,
                        "",
                        "title,notes\n",
                        100,
                        i -> "Reed " + i + ",\"" + giant + "\"\n"),
                new LargeFile(
                        "a cell that is too large",
                        MAX_FILE,
                        0,
                        "row-too-large",
                        "title,notes\n",
                        40,
                        i -> "Reed " + i + ",\"" + giant + giant + "\"\n"),
                new LargeFile(
                        "a board",
                        MAX_FILE,
                        20_000,
                        "",
                        "{\"lists\":[{\"id\":\"l\",\"name\":\"L\"}]," + cards + ",\"actions\":[",
                        19_000,
                        i -> """
                                {"type":"commentCard","date":"2026-02-01T10:00:00.000Z",\
                                "memberCreator":{"fullName":"Ada"},"data":{"card":{"id":"c%d"},"text":"%s"}},\
                                """.formatted(i, comment)));
    }

    private static String numberedCards(int count, String description) {
        StringBuilder cards = new StringBuilder("\"cards\":[");
        for (int card = 0; card < count; card++) {
            cards.append(card == 0 ? "" : ",").append("""
                    {"id":"c%1$d","idList":"l","pos":%1$d,"name":"Reed %1$d","desc":"%2$s"}\
                    """.formatted(card, description));
        }
        return cards.append(']').toString();
    }

    @ParameterizedTest
    @EnumSource(value = Program.Topology.class, names = "ONE")
    void areImportedOrRefusedWhileOthersWork(Program.Topology shape) throws Exception {
        Map<String, String> environment = new HashMap<>(Program.WITHOUT_COVERAGE);
        environment.put("TARN_RATE_LIMIT", "1000000");
        Program program = Program.start(shape, environment);
        Path folder = Files.createTempDirectory("tarn-large-");
        try {
            String importer = token(program, "importer");
            Api other = Api.at(program.url()).bearer(token(program, "other"));
            for (LargeFile file : files()) {
                Path path = file.write(folder);
                long begin = System.nanoTime();
                String job = upload(program, importer, path);
                List<Long> waits = new ArrayList<>();
                JsonNode state = ended(Api.at(program.url()).bearer(importer), job, other, file.within(), waits);
                System.out.printf(
                        "%s, %s of %d MB: %d ms, another user waited %d ms at most%n",
                        shape,
                        file.name(),
                        Files.size(path) >> 20,
                        millisecondsSince(begin),
                        waits.stream().mapToLong(each -> each).max().orElse(0));
                Files.delete(path);

                assertThat(state.path("state").asText())
                        .as(file.name() + state)
                        .isEqualTo(file.code().isEmpty() ? "done" : "failed");
                assertThat(state.at("/imported/problem/errors/0/code").asText()).isEqualTo(file.code());
                assertThat(state.at("/imported/created/tasks").asInt()).isEqualTo(file.tasks());
                assertThat(waits).allMatch(wait -> wait < MAX_WAIT.toMillis());
            }
            assertThat(program.output()).doesNotContain("OutOfMemoryError");
        } finally {
            program.remove();
            Files.delete(folder);
        }
    }

    /// Sends a file; returns the path of its job.
    private static String upload(Program program, String token, Path file) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> accepted = client.send(
                    HttpRequest.newBuilder(URI.create(program.url() + "/api/imports"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/octet-stream")
                            .header("Prefer", "respond-async")
                            .POST(HttpRequest.BodyPublishers.ofFile(file))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
            return URI.create(accepted.headers().firstValue("Location").orElseThrow())
                    .getPath();
        }
    }

    /// The job when it has ended; meanwhile another user works.
    private static JsonNode ended(Api importer, String job, Api other, Duration within, List<Long> waits) {
        long end = System.nanoTime() + within.toNanos();
        JsonNode state = importer.get(job).json();
        while (state.path("endedAt").isNull() && System.nanoTime() < end) {
            long begin = System.nanoTime();
            boolean write = waits.size() % 2 == 0;
            Api.Answer answer =
                    write ? other.post("/api/projects", Map.of("name", "Mine")) : other.get("/api/projects");
            assertThat(answer.status()).as(answer.toString()).isLessThan(300);
            waits.add(millisecondsSince(begin));
            Attacker.pause(50);
            state = importer.get(job).json();
        }
        return state;
    }

    private static String token(Program program, String name) {
        Api anonymous = Api.at(program.url());
        String email = name + "@example.org";
        anonymous.post("/api/users", Map.of("name", name, "email", email, "password", PASSWORD));
        Api user = anonymous.bearer(anonymous
                .post("/api/sessions", Map.of("email", email, "password", PASSWORD, "grant", "token"))
                .at("/accessToken"));
        Api.Answer made = user.post(
                "/api/tokens",
                Map.of("name", "All", "scopes", List.of("tasks:read", "tasks:write"), "password", PASSWORD));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.at("/secret");
    }

    private static long millisecondsSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
