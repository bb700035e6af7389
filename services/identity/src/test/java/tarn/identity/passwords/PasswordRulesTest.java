package tarn.identity.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

final class PasswordRulesTest {

    private final PasswordRules rules = new PasswordRules();

    private @Nullable String weakness(String password) {
        return rules.weakness(password, "Ada Lovelace", "countess.ada@analytical-engines.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "a quiet tarn at dusk",
                "Zx9#kQ2!mP4",
                "83920174655",
                "\u5c71\u4e2d\u306e\u5c0f\u3055\u306a\u6e56\u306f\u9752\u3044",
                "unambiguously odd",
                "monkey 8371946250 wrench",
            })
    void takesWhatIsHardToGuess(String password) {
        assertThat(weakness(password)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password123",
                "Password2026!",
                "P@ssw0rd2026",
                "123password123",
                "letmein2026",
                "ILoveYou!!",
                "dragonmonkey",
                "Sunshine!2026",
                "correcthorsebatterystaple",
                "welcome12345",
                "administrator",
                "m1ch3lle12345",
            })
    void refusesCommonPasswordsHoweverDressed(String password) {
        assertThat(weakness(password)).isEqualTo("Is one of the most common passwords.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aaaaaaaaaa",
                "ababababab",
                "abcabcabcabc",
                "passwordpassword",
                "iloveyouiloveyou",
            })
    void refusesRepetitions(String password) {
        assertThat(weakness(password)).isEqualTo("Repeats itself too much to be safe.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qwertyuiop",
                "0123456789",
                "9876543210",
                "abcdefghijkl",
                "qwerty123456",
                "1qaz2wsx3edc",
                "asdfghjkl123",
                "zyxwvutsrq",
            })
    void refusesRuns(String password) {
        assertThat(weakness(password)).isEqualTo("Is a run of neighbouring keys or letters.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada Lovelace",
                "adalovelace1",
                "countess.ada",
                "CountessAda99",
                "countess.ada@analytical-engines.org",
                "analytical-engines",
            })
    void refusesThePersonsOwnNameAndAddress(String password) {
        assertThat(weakness(password)).isEqualTo("Must not be your name or e-mail address.");
    }

    @Test
    void countsCharactersAndNotHowTheyAreStored() {
        assertThat(weakness("\ud83d\udc1d\ud83c\udf3b\ud83c\udf4b\ud83c\udf52\ud83c\udf0a\ud83c\udfd4\ud83c\udf08"))
                .isEqualTo("Must have at least 10 characters.");
    }

    @Test
    void saysWhereAndWhy() {
        assertThatThrownBy(() -> rules.require("/newPassword", "password123", "Ada", "ada@example.org"))
                .isInstanceOfSatisfying(Refusal.Invalid.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("weak-password");
                    assertThat(refusal.fieldErrors())
                            .containsExactly(new Problem.FieldError(
                                    "/newPassword", "weak-password", "Is one of the most common passwords."));
                });
    }
}
