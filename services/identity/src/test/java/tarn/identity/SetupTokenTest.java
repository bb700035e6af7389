package tarn.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tarn.platform.problem.Refusal;

final class SetupTokenTest {

    @Test
    void onlyTheTokenItselfIsTaken() {
        SetupToken token = new SetupToken(Optional.of("token-of-the-operator"));

        assertThatCode(() -> token.require("token-of-the-operator")).doesNotThrowAnyException();
        assertThatThrownBy(() -> token.require(null))
                .isInstanceOf(Refusal.Forbidden.class)
                .hasMessageContaining("needs the set-up link");
        assertThatThrownBy(() -> token.require("")).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> token.require("token-of-the-operatoR")).hasMessageContaining("not the right one");
    }

    @Test
    void noneIsNeededWhereNoneIsSet() {
        assertThatCode(() -> new SetupToken(Optional.empty()).require(null)).doesNotThrowAnyException();
    }
}
