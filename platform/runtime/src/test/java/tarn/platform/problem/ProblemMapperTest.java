package tarn.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemMapperTest {

    @ParameterizedTest
    @ValueSource(strings = {"55P03", "40P01", "57014", "57P01", "08006", "53100", "53300"})
    void aDatabaseThatCanNotAnswerNowIsNoBug(String state) {
        assertThat(ProblemMapper.unavailable(state)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "23505", "22P02", "00000"})
    void aWrongStatementIsOne(String state) {
        assertThat(ProblemMapper.unavailable(state)).isNull();
    }

    @Test
    void aFullDiskIsNamed() {
        assertThat(Objects.requireNonNull(ProblemMapper.unavailable("53100")).getMessage())
                .isEqualTo("The disk is full. Nothing was changed.");
    }
}
