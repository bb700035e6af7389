package tarn.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.Objects;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemMapperTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"55P03", "40P01", "57014", "57P01", "08006", "53100", "53300", "57P02", "57P03", "25006", "08003"
            })
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

    @Test
    void aCommitThatWasCutOffIsNoBug() {
        RollbackException hidden = new RollbackException("could not commit");
        hidden.addSuppressed(new Exception(new SQLException("terminating connection", "57P01")));
        RuntimeException begin = new RuntimeException(new SQLException("refused", "08001"));
        RuntimeException wrong = new RuntimeException(new SQLException("violated", "23505"));

        assertThat(ProblemMapper.cutOff(hidden)).isNotNull();
        assertThat(ProblemMapper.cutOff(new RollbackException())).isNotNull();
        assertThat(ProblemMapper.cutOff(begin)).isNotNull();
        assertThat(ProblemMapper.cutOff(wrong)).isNull();
        assertThat(ProblemMapper.cutOff(new IllegalStateException("a bug"))).isNull();
    }
}
