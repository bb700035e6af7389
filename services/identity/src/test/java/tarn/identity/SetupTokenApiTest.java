package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.platform.problem.Refusal;

@IdentityTest
final class SetupTokenApiTest {

    @Inject
    RegistrationStore store;

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
    }

    private SetupToken token(String token) {
        return new SetupToken(Optional.of(token), store);
    }

    @Test
    void onlyTheTokenItselfIsTaken() {
        SetupToken token = token("token-of-the-operator");

        assertThatCode(() -> token.require("token-of-the-operator")).doesNotThrowAnyException();
        assertThatThrownBy(() -> token.require(null))
                .isInstanceOf(Refusal.Forbidden.class)
                .hasMessageContaining("needs the set-up link");
        assertThatThrownBy(() -> token.require("")).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> token.require("token-of-the-operatoR")).hasMessageContaining("not the right one");
    }

    @Test
    void noneIsNeededWhereNoneIsSet() {
        SetupToken none = new SetupToken(Optional.empty(), store);

        none.useUp();

        assertThatCode(() -> none.require(null)).doesNotThrowAnyException();
        assertThat(Rows.texts("select name from setting")).isEmpty();
    }

    @Test
    void whatTheFirstAccountHasUsedIsNotTakenAgain() {
        token("token-of-the-operator").useUp();

        assertThatThrownBy(() -> token("token-of-the-operator").require("token-of-the-operator"))
                .isInstanceOf(Refusal.Forbidden.class)
                .hasMessageContaining("has been used");
        assertThatCode(() -> token("another-of-the-operator").require("another-of-the-operator"))
                .doesNotThrowAnyException();
        assertThat(Rows.texts("select value::text from setting").toString()).doesNotContain("operator");
    }
}
