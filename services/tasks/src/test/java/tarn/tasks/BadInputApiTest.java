package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;

@QuarkusTest
final class BadInputApiTest {

    @Inject
    Team team;

    /// Every operation that takes JSON.
    private Map<String, BiFunction<Api, Object, Api.Answer>> operations() {
        String task = "/api/tasks/" + team.task("Rake");
        String section = team.path("/sections/" + team.sections().getFirst());
        String label = team.path("/labels/" + team.label("Spring"));
        String item = "/api/items/"
                + team.owner.api().post("/api/items", Map.of("name", "Paint")).at("/id");
        return Map.ofEntries(
                Map.entry("open project", (api, body) -> api.post("/api/projects", body)),
                Map.entry("change project", (api, body) -> api.patch(team.path(""), body)),
                Map.entry("put member", (api, body) -> api.put(team.path("/members/" + team.viewer.id()), body)),
                Map.entry("add section", (api, body) -> api.post(team.path("/sections"), body)),
                Map.entry("change section", (api, body) -> api.patch(section, body)),
                Map.entry("move section", (api, body) -> api.put(section + "/position", body)),
                Map.entry("add label", (api, body) -> api.post(team.path("/labels"), body)),
                Map.entry("change label", (api, body) -> api.patch(label, body)),
                Map.entry("open task", (api, body) -> api.post("/api/tasks", body)),
                Map.entry("change task", (api, body) -> api.patch(task, body)),
                Map.entry("move task", (api, body) -> api.put(task + "/position", body)),
                Map.entry("change tasks", (api, body) -> api.patch("/api/tasks", body)),
                Map.entry("add item", (api, body) -> api.post("/api/items", body)),
                Map.entry("change item", (api, body) -> api.patch(item, body)));
    }

    /// What is sent, and status and code of the answer of every operation.
    private static List<Arguments> bodies() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        return List.of(
                Arguments.of("", "422 invalid"),
                Arguments.of("null", "422 invalid"),
                Arguments.of(" ", "422 invalid"),
                Arguments.of("{", "400 malformed-json"),
                Arguments.of("{\"title\": }", "400 malformed-json"),
                Arguments.of("[]", "400 malformed-json"),
                Arguments.of("7", "400 malformed-json"),
                Arguments.of("\"text\"", "400 malformed-json"),
                Arguments.of("{} {}", "400 malformed-json"),
                Arguments.of("{\"title\": \"a\", \"title\": \"b\"}", "400 malformed-json"),
                Arguments.of("{\"title\": NaN}", "400 malformed-json"),
                Arguments.of("{'title': 1}", "400 malformed-json"),
                Arguments.of("{\"\\ud800\": 1}", "400 malformed-json"),
                Arguments.of("\u0000", "400 malformed-json"),
                Arguments.of("{\"nonsense\":" + deep + "}", "400 malformed-json"),
                Arguments.of(new byte[] {'{', '"', (byte) 0xe4, '"', ':', '1', '}'}, "400 malformed-json"),
                Arguments.of("{\"nonsense\": 1}", "400 invalid"),
                Arguments.of("{\"non/sense~\": {\"a\": [1e999999999]}}", "400 invalid"),
                Arguments.of("{\"changes\": {}}", "400 invalid"),
                Arguments.of("{\"changes\": [[]]}", "400 invalid"));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("bodies")
    void refusesWhatIsNoBodyOfAnOperation(Object body, String refusal) {
        operations()
                .forEach((what, operation) -> assertRefused(what, operation.apply(team.owner.api(), body), refusal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "", " ", "*/*"})
    void refusesOtherMediaTypes(String type) {
        operations().forEach((what, operation) -> {
            Api.Answer answer = operation.apply(team.owner.api().header("Content-Type", type), "{}");
            assertRefused(what, answer, "415 unsupported-media-type");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title|null|422",
                "title|\"\"|422",
                "title|\"  \\u2003 \"|422",
                "title|\"a\\u0000b\"|422",
                "title|\"a\\ud800b\"|422",
                "title|\"two\\nlines\"|422",
                "title|5|400",
                "title|{\"a\": 1}|400",
                "title|[\"a\"]|400",
                "title|true|400",
                "description|\"\\u0000\"|422",
                "description|7|400",
                "status|\"DONE\"|400",
                "status|\"later\"|400",
                "status|1|400",
                "priority|\"\"|400",
                "priority|4|400",
                "start|\"tomorrow\"|400",
                "start|\"2026-11-31\"|400",
                "start|\"2026-11-21T10:00\"|400",
                "start|\"21.11.2026\"|400",
                "due|\"0000-12-31\"|422",
                "due|\"+10000-01-01\"|422",
                "start|\"\"|400",
                "due|\"99999999999999999999999\"|400",
                "due|true|400",
                "due|1|400",
                "due|1.5|400",
                "due|1e999999999|400",
                "due|\"12345\"|400",
                "due|\"+999999999-12-31T23:59:59Z\"|422",
                "due|\"-999999999-01-01T00:00:00Z\"|422",
                "due|\"+10000-01-01T00:00:00Z\"|422",
                "due|\"0000-12-31T23:59:59Z\"|422",
                "assignees|\"x\"|400",
                "assignees|[\"x\"]|400",
                "assignees|[1]|400",
                "assignees|[null]|422",
                "assignees|{}|400",
                "labels|[\"\"]|422",
                "labels|[[]]|400",
                "archived|\"true\"|400",
                "archived|1|400",
                "sectionId|\"x\"|400",
                "sectionId|12|400",
                "sectionId|\"00000000-0000-0000-0000-000000000000\"|422",
                "parentId|{}|400",
                "parentId|\"AAAAAAAAAAAAAAAAAAAAAA==\"|422"
            })
    void saysWhichFieldOfATaskIsWrong(String field, String value, int status) {
        String base = field.equals("title") ? "" : "\"title\": \"Rake\", ";
        String task = team.task("Rake");

        Api.Answer opened = team.editor
                .api()
                .post(
                        "/api/tasks",
                        "{\"projectId\": \"" + team.project + "\", " + base + "\"" + field + "\": " + value + "}");
        Api.Answer changed = team.editor.api().patch("/api/tasks/" + task, "{\"" + field + "\": " + value + "}");

        assertThat(List.of(opened, changed)).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            assertThat(answer.at("/errors/0/pointer")).as(answer.toString()).startsWith("/" + field);
        });
        assertThat(team.read(task).path("version").asInt()).isEqualTo(1);
    }

    @Test
    void countsLengthInCharactersAsUsersDo() {
        String emoji = "\uD83D\uDE00";

        assertThat(List.of(
                        open("title", emoji.repeat(500)),
                        open("description", emoji.repeat(50_000)),
                        open("assignees", Collections.nCopies(50, team.viewer.id()))))
                .allMatch(answer -> answer.status() == 201);
        assertThat(List.of(
                        open("title", emoji.repeat(501)),
                        open("description", "x".repeat(50_001)),
                        open("assignees", Collections.nCopies(51, team.viewer.id())),
                        team.owner.api().post("/api/projects", Map.of("name", "x".repeat(201))),
                        team.owner.api().post("/api/projects", Map.of("name", "x", "description", "x".repeat(20_001))),
                        team.owner.api().post(team.path("/sections"), Map.of("name", "x".repeat(301))),
                        team.owner.api().post(team.path("/labels"), Map.of("color", "red", "name", "x".repeat(101)))))
                .allMatch(answer ->
                        answer.status() == 422 && answer.at("/errors/0/code").equals("wrong-length"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/tasks?colour=red|400 unknown-parameter",
                "/api/tasks?limit=0|400 invalid",
                "/api/tasks?limit=101|400 invalid",
                "/api/tasks?limit=99999999999|400 invalid",
                "/api/tasks?sort=colour|400 invalid",
                "/api/tasks?sort=due,due|400 invalid",
                "/api/tasks?status=DONE|400 invalid",
                "/api/tasks?priority=4|400 invalid",
                "/api/tasks?assignee=me|400 invalid",
                "/api/tasks?project=1-1-1-1-1|400 invalid",
                "/api/tasks?dueBefore=2026-11-31|400 invalid",
                "/api/tasks?dueBefore=0000-12-31|400 invalid",
                "/api/tasks?timeZone=Mars/Olympus|400 invalid",
                "/api/tasks?timeZone=%2B02:00|400 invalid",
                "/api/tasks?dueBefore=%2B999999999-12-31T23:59:59Z|400 invalid",
                "/api/tasks?dueAfter=-999999999-12-31T23:59:59Z|400 invalid",
                "/api/tasks?deleted=yes|400 invalid",
                "/api/tasks?topLevel=1|400 invalid",
                "/api/tasks?text=%00|400 invalid",
                "/api/tasks?cursor=%00|400 invalid",
                "/api/tasks?sort=due&cursor=ZHVlH3gfeA|400 invalid",
                "/api/projects?text=%00|400 invalid",
                "/api/projects?sort=position|400 invalid",
                "/api/projects?archived=maybe|400 invalid",
                "/api/tasks/1|404 not-found",
                "/api/tasks/%00|404 not-found",
                "/api/tasks/00000000-0000-0000-0000-000000000000|404 not-found",
                "/api/projects/x/sections|404 not-found",
                "/api/nothing|404 not-found"
            })
    void refusesAddressesItDoesNotUnderstand(String path, String refusal) {
        assertRefused(path, team.viewer.api().get(path), refusal);
    }

    @Test
    void refusesOtherMethodsAndKeys() {
        Api.Answer keyed = team.owner.api().idempotencyKey("k".repeat(201)).post("/api/projects", Map.of("name", "x"));

        assertRefused("method", team.owner.api().put("/api/tasks", "{}"), "405 method-not-allowed");
        assertRefused("key", keyed, "400 invalid");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        byte[] large = new byte[102 * 1024 * 1024];

        Api.Answer answer = team.owner.api().askingFirst().post("/api/projects", large);

        // The gateway has a problem for it; a service does not read on.
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).isEmpty();
    }

    private Api.Answer open(String field, Object value) {
        return team.editor
                .api()
                .post(
                        "/api/tasks",
                        field.equals("title")
                                ? Map.of("projectId", team.project, field, value)
                                : Map.of("projectId", team.project, "title", "Rake", field, value));
    }

    /// A problem with this status and code that tells nothing of the inside.
    ///
    /// @param refusal as in `400 invalid`
    private static void assertRefused(String what, Api.Answer answer, String refusal) {
        assertThat(answer.status() + " " + answer.code())
                .as("%s: %s", what, answer)
                .isEqualTo(refusal);
        assertThat(answer.body())
                .as(what)
                .doesNotContainIgnoringCase("exception")
                .doesNotContain("tarn.", "java", "jooq", "sql");
    }
}
