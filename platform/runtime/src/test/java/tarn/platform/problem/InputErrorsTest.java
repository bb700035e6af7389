package tarn.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarn.platform.http.StrictJson;

final class InputErrorsTest {

    private enum Mood {
        GLAD,
        FAIRLY_SAD
    }

    private record Inner(
            @NotBlank String name, @Nullable @Max(9) Integer count) {}

    private record Outer(
            @Nullable String text,
            @Nullable Integer number,
            @Nullable Boolean flag,
            @Nullable BigDecimal amount,
            @Nullable Mood mood,
            @Nullable Instant at,
            @Nullable UUID id,
            @Size(max = 2) List<@Valid Inner> inner,
            Map<String, @Pattern(regexp = "[a-z]+") String> words) {}

    private record Counted(String title, int count) {}

    private static final ObjectMapper JSON = strict();

    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper().registerModules(new JavaTimeModule(), new Jdk8Module());
        new StrictJson().customize(mapper);
        return mapper;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    {"text":1};                             /text;           wrong-type
                    {"text":true};                          /text;           wrong-type
                    {"number":"1"};                         /number;         wrong-type
                    {"number":1.5};                         /number;         wrong-type
                    {"number":99999999999};                 /number;         wrong-type
                    {"flag":"true"};                        /flag;           wrong-type
                    {"flag":1};                             /flag;           wrong-type
                    {"amount":"1.5"};                       /amount;         wrong-type
                    {"mood":"GLAD"};                        /mood;           unknown-value
                    {"mood":0};                             /mood;           unknown-value
                    {"at":"yesterday"};                     /at;             wrong-type
                    {"at":1700000000};                      /at;             wrong-type
                    {"at":""};                              /at;             wrong-type
                    {"at":"1700000000"};                    /at;             wrong-type
                    {"at":"2026-01-31"};                    /at;             wrong-type
                    {"id":"7"};                             /id;             wrong-type
                    {"inner":{}};                           /inner;          wrong-type
                    {"inner":[{"name":"a"},{"count":"x"}]}; /inner/1/count;  wrong-type
                    {"inner":[{"a/b~c":1}]};                /inner/0/a~1b~0c; unknown-field
                    {"unknown":1};                          /unknown;        unknown-field
                    """)
    void saysWhereJsonHasTheWrongShape(String json, String pointer, String code) {
        Refusal refusal = refusal(json);

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.code()).isEqualTo("invalid");
        assertThat(refusal.fieldErrors())
                .extracting(place -> place.pointer() + " " + place.code())
                .containsExactly(pointer + " " + code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    {"text":
                    {"text":"a","text":"b"}
                    {"text":"a"} {}
                    {text:"a"}
                    {"inner":[{"name":x}]}
                    {"inner":[{"name":"a","name":"b"}]}
                    [1]
                    "text"
                    NaN
                    """)
    void refusesWhatIsNoJsonObject(String json) {
        Refusal refusal = refusal(json);

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.code()).isEqualTo("malformed-json");
        assertThat(refusal.detail()).doesNotContain("com.fasterxml", "tarn.platform", "Unexpected");
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThat(refusal("{\"words\":" + "[".repeat(100) + "]".repeat(100) + "}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void refusesNumbersWithoutEnd() {
        assertThat(refusal("{\"amount\":" + "9".repeat(1_000) + "}").status()).isEqualTo(400);
    }

    @Test
    void namesTheValuesOfAnEnumAsTheContractDoes() throws JsonProcessingException {
        assertThat(refusal("{\"mood\":\"sad\"}").fieldErrors().getFirst().detail())
                .isEqualTo("Must be one of: glad, fairly-sad.");
        assertThat(JSON.readValue("\"fairly-sad\"", Mood.class)).isEqualTo(Mood.FAIRLY_SAD);
        assertThat(JSON.writeValueAsString(Mood.FAIRLY_SAD)).isEqualTo("\"fairly-sad\"");
    }

    @Test
    void readsTimestampsInAnyOffset() throws JsonProcessingException {
        assertThat(JSON.readValue("\"2026-01-31T12:00:00+02:00\"", Instant.class))
                .isEqualTo(Instant.parse("2026-01-31T10:00:00Z"));
    }

    @Test
    void saysWhichFieldOfAPrimitiveIsMissing() {
        assertThatThrownBy(() -> JSON.readValue("{\"title\":\"a\"}", Counted.class))
                .isInstanceOfSatisfying(
                        JsonProcessingException.class,
                        failure -> assertThat(InputErrors.json(failure)
                                        .fieldErrors()
                                        .getFirst()
                                        .pointer())
                                .isEqualTo("/count"));
    }

    @Test
    void writesTimestampsAsText() throws JsonProcessingException {
        assertThat(JSON.writeValueAsString(Instant.parse("2026-01-31T12:00:00Z")))
                .isEqualTo("\"2026-01-31T12:00:00Z\"");
    }

    @Test
    void saysWhereEachValueIsNotAcceptable() {
        Outer outer = new Outer(
                null,
                1,
                null,
                null,
                null,
                null,
                null,
                List.of(new Inner("a", 1), new Inner(" ", 10), new Inner("c", 3)),
                Map.of("one", "1"));

        Refusal refusal = violations(outer);

        assertThat(refusal.status()).isEqualTo(422);
        assertThat(refusal.fieldErrors())
                .extracting(place -> place.pointer() + " " + place.code())
                .containsExactly(
                        "/inner wrong-length",
                        "/inner/1/count out-of-range",
                        "/inner/1/name required",
                        "/words/one invalid");
        assertThat(refusal.fieldErrors().getFirst().detail()).isEqualTo("Size must be between 0 and 2.");
    }

    private static Refusal violations(Outer outer) {
        try (var factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()) {
            Validator validator = factory.getValidator();
            return InputErrors.violations(new ConstraintViolationException(validator.validate(outer)));
        }
    }

    private static Refusal refusal(String json) {
        Refusal[] found = new Refusal[1];
        assertThatThrownBy(() -> JSON.readValue(json, Outer.class))
                .isInstanceOfSatisfying(JsonProcessingException.class, failure -> found[0] = InputErrors.json(failure));
        return found[0];
    }
}
