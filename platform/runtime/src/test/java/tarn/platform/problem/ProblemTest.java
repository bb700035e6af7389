package tarn.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProblemTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void looksTheSameWithAndWithoutAnObjectMapper() throws JsonProcessingException {
        Problem full = Problem.of(
                new Refusal.Invalid(List.of(
                        new Problem.Place("/name", "required", "Must not be blank."),
                        new Problem.Place("/rank", "out-of-range", "Must be at most 9."))),
                "r-1");

        for (Problem problem : List.of(full, Problem.internal(null))) {
            assertThat(JSON.readTree(problem.json())).isEqualTo(JSON.valueToTree(problem));
        }
    }

    @Test
    void hasATitleForEveryStatusThatIsAnswered() {
        for (int status : new int[] {400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 429, 500, 502, 503, 504}) {
            assertThat(Problem.of(status, "x", "X.", List.of(), null).title())
                    .isNotBlank()
                    .doesNotStartWith("Status");
        }
        assertThat(Problem.of(418, "x", "X.", List.of(), null).title()).isEqualTo("Status 418");
    }
}
