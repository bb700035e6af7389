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
                        new Problem.FieldError("/name", "required", "Must not be blank."),
                        new Problem.FieldError("/rank", "out-of-range", "Must be at most 9."))),
                "r-1");

        for (Problem problem : List.of(full, Problem.internal(null))) {
            assertThat(JSON.readTree(problem.json())).isEqualTo(JSON.valueToTree(problem));
        }
    }

    @Test
    void aStatusWithoutATitleIsNamedByItsNumber() {
        assertThat(Problem.of(418, "x", "X.", List.of(), null).title()).isEqualTo("Status 418");
    }
}
