package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tarn.testing.Api;

@QuarkusTest
final class BadInputApiTest {

    private static final String POSTS = "/api/posts";

    @Inject
    Team team;

    @BeforeEach
    void everybodyAnswers() {
        team.everybodyAnswers();
    }

    /// Every operation that takes JSON.
    private Map<String, BiFunction<Api, Object, Api.Answer>> operations() {
        String post = POSTS + "/" + team.post("Words");
        return Map.of(
                "write", (api, body) -> api.post(POSTS, body),
                "change", (api, body) -> api.patch(post, body),
                "render", (api, body) -> api.post(POSTS + "/renderings", body));
    }

    /// What is sent, and status and code of the answer of every operation.
    private static List<Arguments> bodies() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        return List.of(
                Arguments.of("", "422 invalid"),
                Arguments.of(" ", "422 invalid"),
                Arguments.of("null", "422 invalid"),
                Arguments.of("{", "400 malformed-json"),
                Arguments.of("{\"body\": }", "400 malformed-json"),
                Arguments.of("[]", "400 malformed-json"),
                Arguments.of("7", "400 malformed-json"),
                Arguments.of("\"text\"", "400 malformed-json"),
                Arguments.of("{} {}", "400 malformed-json"),
                Arguments.of("{\"body\": \"a\", \"body\": \"b\"}", "400 malformed-json"),
                Arguments.of("{\"body\": NaN}", "400 malformed-json"),
                Arguments.of("{\"nonsense\": 1}", "400 invalid"),
                Arguments.of("{\"nonsense\":" + deep + "}", "400 malformed-json"),
                Arguments.of("\u0000", "400 malformed-json"));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("bodies")
    void refusesWhatIsNoBodyOfAnOperation(String body, String refusal) {
        operations()
                .forEach((what, operation) -> assertRefused(what, operation.apply(team.editor.api(), body), refusal));
    }

    @Test
    void refusesOtherMediaTypes() {
        operations().forEach((what, operation) -> {
            Api.Answer answer = operation.apply(team.editor.api().header("Content-Type", "text/plain"), "{}");
            assertRefused(what, answer, "415 unsupported-media-type");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "body|null|422",
                "body|\"\"|422",
                "body|\" \\n\"|422",
                "body|\"a\\u0000b\"|422",
                "body|\"a\\ud800b\"|422",
                "body|5|400",
                "body|{\"a\": 1}|400",
                "title|\"\"|422",
                "title|\"two\\nlines\"|422",
                "title|\"a\\u0000b\"|422",
                "title|7|400",
                "title|[]|400"
            })
    void saysWhichFieldIsWrong(String field, String value, int status) {
        String post = team.post("Words");
        String words = field.equals("body") ? "" : "\"body\": \"Words\", ";
        String fields = words + "\"" + field + "\": " + value + "}";

        Api.Answer written = team.editor.api().post(POSTS, "{\"projectId\": \"" + team.project + "\", " + fields);
        Api.Answer changed = team.editor.api().patch(POSTS + "/" + post, "{" + fields);

        assertThat(List.of(written, changed)).allSatisfy(answer -> {
            assertRefused(field, answer, status + " invalid");
            assertThat(answer.at("/errors/0/pointer")).as(answer.toString()).isEqualTo("/" + field);
        });
        assertThat(team.read(post).path("version").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "projectId|\"x\"",
                "taskId|12",
                "parentId|{}",
                "parentId|\"1-1-1-1-1\"",
                "draft|\"true\"",
                "draft|1"
            })
    void saysWhichLocationIsWrong(String field, String value) {
        Api.Answer answer = team.editor.api().post(POSTS, "{\"body\": \"x\", \"" + field + "\": " + value + "}");

        assertRefused(field, answer, "400 invalid");
        assertThat(answer.at("/errors/0/pointer")).as(answer.toString()).isEqualTo("/" + field);
    }

    @Test
    void whatIsNowhereIsNotFound() {
        String nowhere = "00000000-0000-0000-0000-000000000000";

        for (String place : List.of("projectId", "taskId", "parentId")) {
            assertThat(team.editor
                            .api()
                            .post(POSTS, Map.of(place, nowhere, "body", "x"))
                            .code())
                    .as(place)
                    .isEqualTo("not-found");
        }
    }

    @Test
    void countsLengthInCharactersAsUsersDo() {
        String emoji = "\uD83D\uDE00";

        assertThat(List.of(write("title", emoji.repeat(200)), write("body", emoji.repeat(20_000))))
                .allMatch(answer -> answer.status() == 201);
        assertThat(List.of(
                        write("title", emoji.repeat(201)),
                        write("body", emoji.repeat(20_001)),
                        team.editor.api().post(POSTS + "/renderings", Map.of("body", "x".repeat(20_001)))))
                .allMatch(answer ->
                        answer.status() == 422 && answer.at("/errors/0/code").equals("wrong-length"));
    }

    private Api.Answer write(String field, String value) {
        return team.editor
                .api()
                .post(
                        POSTS,
                        field.equals("body")
                                ? Map.of("projectId", team.project, field, value)
                                : Map.of("projectId", team.project, "body", "x", field, value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|400 invalid",
                "?|400 invalid",
                "?project=PROJECT&task=TASK|400 invalid",
                "?task=TASK&parent=TASK|400 invalid",
                "?project=1-1-1-1-1|400 invalid",
                "?parent=x|400 invalid",
                "?project=PROJECT&colour=red|400 unknown-parameter",
                "?project=PROJECT&limit=0|400 invalid",
                "?project=PROJECT&limit=101|400 invalid",
                "?project=PROJECT&sort=title|400 invalid",
                "?project=PROJECT&state=DRAFT|400 invalid",
                "?project=PROJECT&author=me|400 invalid",
                "?project=PROJECT&deleted=yes|400 invalid",
                "?project=PROJECT&text=%00|400 invalid",
                "?project=PROJECT&cursor=%00|400 invalid",
                "?project=PROJECT&sort=createdAt&cursor=ZHVlH3gfeA|400 invalid",
                "?project=00000000-0000-0000-0000-000000000000|404 not-found",
                "?task=PROJECT|404 not-found",
                "?parent=TASK|404 not-found",
                "/threads|400 invalid",
                "/threads?tasks=|400 invalid",
                "/threads?tasks=,|400 invalid",
                "/threads?tasks=TASK,|400 invalid",
                "/threads?tasks=x|400 invalid",
                "/threads?tasks=1-1-1-1-1|400 invalid",
                "/threads?tasks=TASK&limit=0|400 invalid",
                "/threads?tasks=TASK&limit=51|400 invalid",
                "/threads?tasks=TASK&cursor=x|400 unknown-parameter",
                "/1|404 not-found",
                "/%00|404 not-found",
                "/00000000-0000-0000-0000-000000000000|404 not-found",
                "/00000000-0000-0000-0000-000000000000/versions|404 not-found",
                "/renderings|404 not-found"
            })
    void refusesAddressesItDoesNotUnderstand(@Nullable String rest, String refusal) {
        String path = POSTS
                + (rest == null ? "" : rest.replace("PROJECT", team.project).replace("TASK", team.task));

        Api.Answer answer = team.viewer.api().get(path);

        assertRefused(path, answer, refusal);
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
