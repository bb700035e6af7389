package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tarn.catalogue.Catalogue;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.Program;
import tarn.testing.Repository;

/// Which service may call which: every operation that names a service, tried by every service that has a key, gives
/// what `authorisation-internal.txt` says. That file is the one to change when a right shall change.
class InternalAuthorisationTest {

    private static final Path EXPECTED = Path.of("../api/src/test/resources/authorisation-internal.txt");
    private static final Path FOUND = Path.of("target/authorisation-internal.txt");
    private static final String KEYS = "POST /internal/identity/service-tokens";
    private static final List<String> SERVICES = List.copyOf(Catalogue.ALL.callers());
    private static final Duration START = Duration.ofSeconds(20);

    /// An operation that services call, as the built program has it.
    ///
    /// @param service which answers
    private record Operation(String service, String method, String path) {

        String id() {
            return method + ' ' + path;
        }

        boolean isInternal() {
            return path.startsWith("/internal");
        }
    }

    /// What is sent.
    ///
    /// @param path complete
    /// @param user the `Authorization` of the user for whom the service asks; empty for nobody
    private record Ask(String path, @Nullable Object body, String user) {

        Api.Answer send(String method, Api api) {
            Api asking = user.isEmpty() ? api : api.header("Tarn-On-Behalf-Of", user);
            return switch (method) {
                case "GET" -> asking.get(path);
                case "DELETE" -> asking.delete(path);
                default -> body == null ? asking.post(path) : asking.post(path, body);
            };
        }
    }

    private final Tarn.SignedInUser ada = Tarn.someone("Ada");
    private final String project = Scene.made(ada, "/api/projects", Map.of("name", "Garden"));
    private final String task = Scene.made(ada, "/api/tasks", Map.of("projectId", project, "title", "Rake"));
    private final Map<String, Supplier<Ask>> tries = new LinkedHashMap<>();

    InternalAuthorisationTest() {
        String members = "/internal/tasks/memberships/";
        String user = "Bearer "
                + Tarn.anonymous()
                        .post("/api/sessions/refresh", Map.of("refreshToken", ada.refreshToken()))
                        .at("/accessToken");
        on(KEYS, "/internal/identity/service-tokens", null);
        on(
                "POST /internal/identity/access-tokens",
                "/internal/identity/access-tokens",
                Map.of("kind", "personal", "secret", personalToken()));
        on("GET /internal/identity/revocations", "/internal/identity/revocations?after=0", null);
        on(
                "POST /internal/identity/cross-site-refusals",
                "/internal/identity/cross-site-refusals",
                Map.of("items", List.of(Map.of("address", "192.0.2.9", "count", 1))));
        on("GET /internal/identity/users/{id}", "/internal/identity/users/" + ada.id(), null);
        on("POST /internal/identity/users", "/internal/identity/users", Map.of("ids", List.of(ada.id())));
        on(
                "POST /internal/identity/users/time-zones",
                "/internal/identity/users/time-zones",
                Map.of("ids", List.of(ada.id())));
        on("GET " + members + "{userId}", members + ada.id() + "?project=" + project, null);
        on("GET " + members + "{userId}/colleagues", members + ada.id() + "/colleagues", null);
        on("GET " + members + "{userId}/projects", members + ada.id() + "/projects", null);
        on(
                "POST " + members + "{userId}/acquaintances",
                members + ada.id() + "/acquaintances",
                Map.of("ids", List.of(ada.id())));
        on("POST " + members + "{userId}/tasks", members + ada.id() + "/tasks", Map.of("tasks", List.of(task)));
        on("GET /internal/tasks/projects/{id}/members", "/internal/tasks/projects/" + project + "/members", null);
        on(
                "GET /internal/tasks/projects/{id}/members/{userId}",
                "/internal/tasks/projects/" + project + "/members/" + ada.id(),
                null);
        on(
                "POST /internal/tasks/projects/{id}/members",
                "/internal/tasks/projects/" + project + "/members",
                Map.of("userId", Tarn.someone("Grace").id(), "role", "viewer", "invitedBy", ada.id()));
        tries.put("DELETE " + members + "{userId}", () -> new Ask(members + UUID.randomUUID(), null, ""));
        for (String service : List.of("identity", "tasks", "posts", "worker")) {
            // A job that does little, as a run that is later than any other.
            String job = "/internal/" + service + "/jobs/";
            on("POST " + job + "{job}", job + "delete-idempotency-keys", Map.of("run", Long.MAX_VALUE));
        }
        on(
                "POST /internal/posts/purges",
                "/internal/posts/purges",
                Map.of("projects", List.of(UUID.randomUUID()), "tasks", List.of()));
        on(
                "POST /internal/posts/imported",
                "/internal/posts/imported",
                Map.of("projectId", project, "authorId", ada.id(), "posts", List.of()));
        on(
                "POST /internal/posts/imported/removals",
                "/internal/posts/imported/removals",
                Map.of("projectId", UUID.randomUUID()));
        on(
                "POST /internal/posts/imported/announcements",
                "/internal/posts/imported/announcements",
                Map.of("projectId", UUID.randomUUID()));
        reads("tasks", "project", user);
        reads("posts", "of-project", user);
        on("GET /internal/tasks/search/projects/{userId}", "/internal/tasks/search/projects/" + ada.id(), null);
        searches("tasks", user);
        searches("posts", user);
        on("POST /api/calculations", "/api/calculations", Map.of("expression", "1 + 1"));
    }

    private void on(String operation, String path, @Nullable Object body) {
        tries.put(operation, () -> new Ask(path, body, ""));
    }

    private void searches(String service, String user) {
        String path = "/internal/" + service + "/search";
        tries.put("POST " + path, () -> new Ask(path, Map.of("text", "rake", "limit", 5), user));
    }

    private void reads(String service, String kind, String user) {
        String path = "/internal/" + service + "/reads";
        Map<String, Object> reads = Map.of("reads", List.of(Map.of("kind", kind, "id", project)));
        tries.put("POST " + path, () -> new Ask(path, reads, user));
    }

    private String personalToken() {
        return ada.api()
                .post("/api/tokens", Map.of("name", "matrix", "scopes", List.of("tasks:read")))
                .at("/secret");
    }

    @Test
    void everyServiceMayDoWhatIsWrittenAndNothingElse() {
        List<Operation> operations = operations();
        Map<Operation, List<String>> found = new LinkedHashMap<>();
        operations.stream()
                .filter(operation -> tries.containsKey(operation.id()))
                .forEach(operation -> found.put(operation, cells(operation)));

        String written = Repository.text(EXPECTED);
        String now = head(written) + table(found);

        if (!written.equals(now)) {
            write(FOUND, now);
        }
        assertThat(now)
                .as("what each service may do; all of it stands in %s now", FOUND.toAbsolutePath())
                .isEqualTo(written);
        assertThat(operations)
                .as("operations that name a service: try them here")
                .allMatch(found::containsKey);
        assertThat(found)
                .allSatisfy((operation, cells) -> assertThat(cells)
                        .as(operation.id())
                        .anyMatch(cell -> cell.startsWith("2"))
                        .allMatch(cell -> cell.startsWith("2") || cell.equals("403")));
        assertThat(callers(found)).as("who calls whom").isEqualTo(callersOfTheCatalogue());
    }

    @Test
    void whatIsInternalStandsBelowItsServicesName() {
        assertThat(operations())
                .filteredOn(Operation::isInternal)
                .hasSizeGreaterThan(10)
                .allMatch(operation -> operation.path().startsWith("/internal/" + operation.service() + '/'));
    }

    @Test
    void nothingInternalIsThereForAnybodyElse() {
        List<Api> everybody = new ArrayList<>(List.of(
                Tarn.anonymous(),
                Tarn.anonymous().bearer("x.y.z"),
                Tarn.anonymous().bearer(personalToken()),
                Tarn.anonymous().header("Authorization", basic("gateway", "guessed")),
                ada.api(),
                Tarn.administrator().api()));
        if (Tarn.SHAPE == Program.Topology.SPLIT) {
            // Services that run apart are not called by way of the gateway.
            SERVICES.forEach(service -> everybody.add(Tarn.anonymous().bearer(token(service))));
            SERVICES.forEach(service -> everybody.add(Tarn.anonymous().header("Authorization", basic(service))));
        }

        assertThat(operations()).filteredOn(Operation::isInternal).allSatisfy(operation -> {
            Ask ask = ask(operation);
            assertThat(everybody)
                    .as(operation.id())
                    .allMatch(api -> ask.send(operation.method(), api).code().equals("not-found"));
        });
    }

    private Ask ask(Operation operation) {
        Supplier<Ask> made = tries.get(operation.id());
        if (made == null) {
            throw new AssertionError("How is it tried? " + operation.id());
        }
        return made.get();
    }

    private List<String> cells(Operation operation) {
        Api answering = Api.at(Tarn.program().url(operation.service()));
        return SERVICES.stream()
                .map(service -> cell(operation, service, answering))
                .toList();
    }

    private String cell(Operation operation, String service, Api answering) {
        Api api = operation.id().equals(KEYS)
                ? answering.header("Authorization", basic(service))
                : answering.bearer(token(service));
        int[] status = new int[1];
        // Where services run apart, each fetches the keys that tokens are signed with when it needs them first.
        Eventually.within(START, () -> {
            status[0] = ask(operation).send(operation.method(), api).status();
            return status[0] != 503;
        });
        return Integer.toString(status[0]);
    }

    private static String token(String service) {
        Api.Answer answer = Api.at(Tarn.program().url("identity"))
                .header("Authorization", basic(service))
                .post("/internal/identity/service-tokens");
        assertThat(answer.status()).as(service + ": " + answer).isEqualTo(200);
        return answer.at("/value");
    }

    private static String basic(String service) {
        return basic(service, Tarn.derived("service:" + service));
    }

    private static String basic(String service, String key) {
        return "Basic " + Base64.getEncoder().encodeToString((service + ':' + key).getBytes(StandardCharsets.UTF_8));
    }

    /// Who has got something of each service, its tokens aside.
    private static Map<String, Set<String>> callers(Map<Operation, List<String>> found) {
        Map<String, Set<String>> callers = new TreeMap<>();
        found.forEach((operation, cells) -> {
            for (int i = 0; i < cells.size() && !operation.id().equals(KEYS); i++) {
                if (cells.get(i).startsWith("2")) {
                    callers.computeIfAbsent(operation.service(), _ -> new TreeSet<>())
                            .add(SERVICES.get(i));
                }
            }
        });
        return callers;
    }

    private static Map<String, Set<String>> callersOfTheCatalogue() {
        Map<String, Set<String>> callers = new TreeMap<>();
        Catalogue.ALL.services().stream()
                .filter(service -> !service.callers().isEmpty())
                .forEach(service -> callers.put(service.name(), new TreeSet<>(service.callers())));
        return callers;
    }

    /// The operations of the built program that are below `/internal`, or name a service, by their paths.
    private static List<Operation> operations() {
        Path libraries = Repository.here().root().resolve("services/standalone/target/quarkus-app/lib/main");
        try (Stream<Path> files = Files.list(libraries)) {
            List<JarFile> jars = new ArrayList<>();
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("tarn."))
                    .toList()) {
                jars.add(new JarFile(file.toFile()));
            }
            JavaClasses classes = new ClassFileImporter().importJars(jars);
            return classes.stream()
                    .filter(type -> type.isAnnotatedWith("jakarta.ws.rs.Path"))
                    .flatMap(type -> type.getMethods().stream())
                    .flatMap(InternalAuthorisationTest::operation)
                    .sorted(Comparator.comparing(Operation::service)
                            .thenComparing(Operation::path)
                            .thenComparing(Operation::method))
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Stream<Operation> operation(JavaMethod method) {
        String path = path(method.getOwner()) + path(method);
        boolean named = Stream.of(method, method.getOwner())
                .flatMap(place -> values(place, "jakarta.annotation.security.RolesAllowed"))
                .anyMatch(role -> role.startsWith("service:"));
        return method.getAnnotations().stream()
                .map(JavaAnnotation::getRawType)
                .filter(type -> type.isAnnotatedWith("jakarta.ws.rs.HttpMethod"))
                .filter(_ -> named || path.startsWith("/internal"))
                .map(type -> new Operation(
                        method.getOwner().getPackageName().split("\\.", -1)[1], type.getSimpleName(), path));
    }

    private static String path(CanBeAnnotated place) {
        String path = values(place, "jakarta.ws.rs.Path").findFirst().orElse("");
        return path.isEmpty() || path.startsWith("/") ? path : '/' + path;
    }

    private static Stream<String> values(CanBeAnnotated place, String annotation) {
        Optional<? extends JavaAnnotation<?>> found = place instanceof JavaMethod method
                ? method.tryGetAnnotationOfType(annotation)
                : ((JavaClass) place).tryGetAnnotationOfType(annotation);
        return found.flatMap(one -> one.get("value")).stream()
                .flatMap(value -> value instanceof Object[] many ? Arrays.stream(many) : Stream.of(value))
                .map(String::valueOf);
    }

    private static String table(Map<Operation, List<String>> found) {
        StringBuilder table = new StringBuilder();
        String[] group = {""};
        found.forEach((operation, cells) -> {
            if (!operation.service().equals(group[0])) {
                group[0] = operation.service();
                table.append('\n').append(line(group[0], SERVICES)).append('\n');
            }
            table.append(line("  " + operation.id(), cells)).append('\n');
        });
        return table.toString();
    }

    private static String line(String name, List<String> cells) {
        StringBuilder line = new StringBuilder("%-56s".formatted(name));
        cells.forEach(cell -> line.append(" %-9s".formatted(cell)));
        return line.toString().stripTrailing();
    }

    /// What stands above the table.
    private static String head(String file) {
        StringBuilder head = new StringBuilder();
        file.lines()
                .takeWhile(line -> line.startsWith("#"))
                .forEach(line -> head.append(line).append('\n'));
        return head.toString();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
