package tarn.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Objects;
import org.jooq.exception.DataAccessException;
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

    @Test
    void aPoolWithoutAFreeConnectionIsNoBug() {
        DataAccessException exhausted = new DataAccessException("no connection", new SQLException("too late"));
        DataAccessException wrong = new DataAccessException("no table", new SQLException("unknown", "42P01"));
        DataAccessException ours = new DataAccessException("no such column in this row");

        assertThat(ProblemMapper.unavailable(ProblemMapper.state(exhausted))).isNotNull();
        assertThat(ProblemMapper.unavailable(ProblemMapper.state(wrong))).isNull();
        assertThat(ProblemMapper.unavailable(ProblemMapper.state(ours))).isNull();
    }
}
