package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tarn.journeys.Tries.Ask;
import tarn.testing.Api;

/// Who may do what: every operation of both contracts, tried by everybody, gives what
/// `authorisation.txt` says. That file is the one to read, and to change when a right shall change.
class AuthorisationMatrixTest {

    private static final Path OPENAPI = Path.of("../../contracts/openapi/tarn.yaml");
    private static final Path GRAPHQL = Path.of("../../contracts/graphql/schema.graphqls");
    private static final Path EXPECTED = Path.of("../api/src/test/resources/authorisation.txt");
    private static final Path FOUND = Path.of("target/authorisation.txt");
    private static final int AT_ONCE = 3;
    private static final int MAX_RETRIES = 5;
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    /// Cells of throttled requests and of services that did not respond in time.
    private static final String TRANSIENT_FAILURE = "(207:)?(429|50[234])";
    private static final List<String> COLUMNS = List.of(
            "nobody",
            "expired",
            "ended",
            "foreign",
            "stranger",
            "elsewhere",
            "viewer",
            "editor",
            "owner",
            "admin",
            "scope");
    private static final Pattern TYPE = Pattern.compile("type (\\w+) \\{");
    private static final Pattern FIELD = Pattern.compile("  (\\w+)[(:].*");

    /// How an operation is called: over REST, or as a field of the graph.
    ///
    /// @param group under which heading it stands
    /// @param method of REST; `query` or `mutation` in the graph
    /// @param mediaType of the body; empty when there is none
    private record Operation(String id, String group, String method, String path, String mediaType) {

        /// Rows of this operation.
        boolean is(String row) {
            return row.equals(id) || row.startsWith(id + " (");
        }

        boolean isOfAccounts() {
            return path.startsWith("/api/users")
                    || path.startsWith("/api/sessions")
                    || path.startsWith("/api/password-resets");
        }

        Api.Answer send(Api api, Ask ask) {
            String target = path;
            for (String id : ask.path()) {
                target = target.replaceFirst("\\{\\w+}", id);
            }
            target += ask.query();
            Api typed = mediaType.isEmpty() ? api : api.header("Content-Type", mediaType);
            Object body = Objects.requireNonNullElse(ask.body(), "");
            return switch (method) {
                case "GET" -> api.get(target);
                case "DELETE" -> api.delete(target);
                case "PATCH" -> typed.patch(target, body);
                case "PUT" -> mediaType.isEmpty() ? api.put(target) : typed.put(target, body);
                case "POST" -> mediaType.isEmpty() ? api.post(target) : typed.post(target, body);
                default -> api.post(target, Map.of("query", method + " { " + body + " }"));
            };
        }
    }

    @Test
    void everybodyMayDoWhatIsWrittenAndNothingElse() {
        List<Operation> operations =
                Stream.concat(rest().stream(), graph().stream()).toList();
        Map<String, List<String>> found = tried(operations);

        String written = text(EXPECTED);
        String now = head(written) + table(operations, found);

        if (!written.equals(now)) {
            write(FOUND, now);
        }
        List<String> differences = differences(rows(written), rows(now));
        assertThat(differences)
                .as(
                        "what everybody may do: %s; all of it stands in %s now, to be compared with %s",
                        String.join("; ", differences), FOUND.toAbsolutePath(), EXPECTED)
                .isEmpty();
        assertThat(now).as("how %s is written", EXPECTED).isEqualTo(written);
        assertThat(found).allSatisfy(AuthorisationMatrixTest::assertTellsOfRights);
    }

    @Test
    void everyOperationHasARow() {
        List<Operation> operations =
                Stream.concat(rest().stream(), graph().stream()).toList();
        List<String> names = rows(text(EXPECTED)).stream()
                .map(row -> row.strip().split(" {2,}", 2)[0])
                .toList();

        assertThat(operations).hasSizeGreaterThan(90);
        assertThat(operations)
                .as("have a row in %s", EXPECTED)
                .allSatisfy(operation -> assertThat(names).contains(operation.id()));
        assertThat(names)
                .as("are operations of the contracts")
                .allMatch(name -> operations.stream().anyMatch(operation -> operation.is(name)));
    }

    private static List<String> differences(List<String> written, List<String> found) {
        return Stream.concat(
                        written.stream().filter(row -> !found.contains(row)).map(row -> "written " + row),
                        found.stream().filter(row -> !written.contains(row)).map(row -> "found   " + row))
                .toList();
    }

    /// A refusal for another reason than a right would hide what is looked for.
    private static void assertTellsOfRights(String row, List<String> cells) {
        assertThat(cells).as(row).noneMatch(cell -> cell.matches("5..|400|415|422|429"));
        if (!row.contains("(")) {
            assertThat(cells)
                    .as(row + " is given to nobody: is what Tries sends right?")
                    .anyMatch(cell -> cell.matches("2..|207:200|ok"));
        }
    }

    /// Rows know nothing of each other, so that some are tried at the same time; but whoever changes a password
    /// ends the sessions of another row.
    private static Map<String, List<String>> tried(List<Operation> operations) {
        Callers callers = new Callers();
        Map<String, CompletableFuture<List<String>>> rows = new LinkedHashMap<>();
        try (ExecutorService one = Executors.newSingleThreadExecutor();
                ExecutorService some = Executors.newFixedThreadPool(AT_ONCE)) {
            new Tries()
                    .rows()
                    .forEach((row, ask) -> operations.stream()
                            .filter(operation -> operation.is(row))
                            .forEach(operation -> rows.put(
                                    row,
                                    CompletableFuture.supplyAsync(
                                            () -> new Row(operation, ask, callers, callers.project()).cells(),
                                            operation.isOfAccounts() ? one : some))));
        }
        Map<String, List<String>> found = new LinkedHashMap<>();
        rows.forEach((row, cells) -> found.put(row, cells.join()));
        return found;
    }

    /// One row while it is tried.
    private static final class Row {

        private final Operation operation;
        private final Function<Scene, Ask> tried;
        private final Callers callers;
        private final String project;

        /// What the caller before was refused: it is as it was, and serves one more who claims to be the same.
        private @Nullable Ask untouched;
        private Callers.@Nullable One before;

        Row(Operation operation, Function<Scene, Ask> tried, Callers callers, String project) {
            this.operation = operation;
            this.tried = tried;
            this.callers = callers;
            this.project = project;
        }

        List<String> cells() {
            List<String> cells = new ArrayList<>();
            callers.all().forEach(caller -> cells.add(cell(caller)));
            List<String> scopes = callers.programs().stream()
                    .filter(program -> !cell(program).matches("40[13]"))
                    .map(Callers.One::column)
                    .toList();
            cells.add(
                    scopes.isEmpty()
                            ? "-"
                            : scopes.size() == callers.programs().size() ? "any" : String.join(",", scopes));
            return cells;
        }

        /// Retries transient failures, each time in a new scene: a request answered with 503 may have taken effect.
        private String cell(Callers.One caller) {
            String cell = attempt(caller);
            for (int left = MAX_RETRIES; left > 0 && cell.matches(TRANSIENT_FAILURE); left--) {
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
                cell = attempt(caller);
            }
            return cell;
        }

        private String attempt(Callers.One caller) {
            Ask ask = untouched;
            Scene scene = new Scene(callers, caller, project);
            if (ask == null || before == null || !caller.standsLike(before)) {
                ask = tried.apply(scene);
            }
            Api.Answer answer = operation.send(scene.api().withoutRetries(), ask);
            String cell = cell(answer, ask);
            before = caller;
            untouched = cell.matches("40[13]") ? ask : null;
            return cell;
        }

        private String cell(Api.Answer answer, Ask ask) {
            String cell = String.valueOf(answer.status());
            if (operation.path().equals("/graphql") && answer.status() == 200) {
                JsonNode error = answer.json().at("/errors/0/extensions");
                cell = error.isMissingNode()
                        ? "ok"
                        : error.path("status").asText(error.path("code").asText());
            } else if (answer.status() == 207) {
                cell += ':' + answer.at("/items/0/status");
            }
            boolean done = cell.startsWith("2") || cell.equals("ok");
            if (done && isPartial(answer)) {
                return "503";
            }
            return done && !answer.body().contains(ask.seeks()) ? cell + '-' : cell;
        }
    }

    /// Whether a search lacks the results of a service that did not respond.
    private static boolean isPartial(Api.Answer answer) {
        return answer.header("Content-Type").startsWith("application/json")
                && answer.json().path("unavailable").path(0).isTextual();
    }

    private static List<Operation> rest() {
        JsonNode document;
        try {
            document = new ObjectMapper(new YAMLFactory()).readTree(OPENAPI.toFile());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                JsonNode definition = method.getValue();
                if (definition.has("responses")) {
                    operations.add(new Operation(
                            definition.path("operationId").asText(),
                            definition.path("tags").path(0).asText().toLowerCase(Locale.ROOT),
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            definition.at("/requestBody/content").properties().stream()
                                    .map(Map.Entry::getKey)
                                    .findFirst()
                                    .orElse("")));
                }
            }
        }
        return operations;
    }

    /// The fields of `Query` and `Mutation`: lines that are indented once.
    private static List<Operation> graph() {
        List<Operation> operations = new ArrayList<>();
        String type = "";
        for (String line : text(GRAPHQL).lines().toList()) {
            Matcher begins = TYPE.matcher(line);
            Matcher field = FIELD.matcher(line);
            if (begins.matches()) {
                type = begins.group(1).toLowerCase(Locale.ROOT);
            } else if (line.equals("}")) {
                type = "";
            } else if ((type.equals("query") || type.equals("mutation")) && field.matches()) {
                operations.add(new Operation("graph:" + field.group(1), "graph " + type, type, "/graphql", ""));
            }
        }
        return operations;
    }

    /// Groups in the order in which they begin in the contracts, rows as there.
    private static String table(List<Operation> operations, Map<String, List<String>> found) {
        Map<String, List<Operation>> groups = operations.stream()
                .collect(Collectors.groupingBy(Operation::group, LinkedHashMap::new, Collectors.toList()));
        StringBuilder table = new StringBuilder();
        groups.forEach((group, members) -> {
            table.append('\n').append(line(group, COLUMNS)).append('\n');
            for (Operation operation : members) {
                found.forEach((row, cells) -> {
                    if (operation.is(row)) {
                        table.append(line("  " + row, cells)).append('\n');
                    }
                });
            }
        });
        return table.toString();
    }

    private static String line(String name, List<String> cells) {
        StringBuilder line = new StringBuilder("%-44s".formatted(name));
        cells.forEach(cell -> line.append(" %-9s".formatted(cell)));
        return line.toString().stripTrailing();
    }

    /// What stands above the table.
    private static String head(String file) {
        return file.lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line + '\n')
                .collect(Collectors.joining());
    }

    private static List<String> rows(String file) {
        return file.lines().filter(line -> line.startsWith("  ")).toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
