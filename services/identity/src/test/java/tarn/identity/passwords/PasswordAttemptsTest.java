package tarn.identity.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tarn.platform.problem.Refusal;
import tarn.testing.SettableClock;

final class PasswordAttemptsTest {

    private final SettableClock clock = SettableClock.at("2026-01-31T12:00:00Z");
    private final PasswordAttempts attempts = new PasswordAttempts(clock);

    private void failAtAccount(String account, int times) {
        for (int i = 0; i < times; i++) {
            attempts.begin(account, "from " + account + i, false);
        }
    }

    @Test
    void slowsDownGuessingAtAnAccountFromManyAddresses() {
        failAtAccount("ada", PasswordAttempts.PER_ACCOUNT);

        assertThatThrownBy(() -> attempts.begin("ada", "elsewhere", false))
                .isInstanceOfSatisfying(
                        Refusal.TooMany.class,
                        refusal -> assertThat(refusal.retryAfter())
                                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7)));
    }

    @Test
    void doesNotLockOut() {
        failAtAccount("ada", PasswordAttempts.PER_ACCOUNT);

        clock.advance(Duration.ofSeconds(7));

        assertThatCode(() -> attempts.begin("ada", "elsewhere", false)).doesNotThrowAnyException();
    }

    @Test
    void slowsDownGuessingFromAnAddressAtManyAccounts() {
        for (int i = 0; i < PasswordAttempts.PER_ADDRESS; i++) {
            attempts.begin("account" + i, "here", false);
        }

        assertThatThrownBy(() -> attempts.begin("ada", "here", false)).isInstanceOf(Refusal.TooMany.class);
        assertThatThrownBy(() -> attempts.begin("here")).isInstanceOf(Refusal.TooMany.class);
        assertThatCode(() -> attempts.begin("ada", "there", false)).doesNotThrowAnyException();
    }

    @Test
    void successCountsForNothing() {
        for (int i = 0; i < PasswordAttempts.PER_ADDRESS * 2; i++) {
            attempts.begin("ada", "here", false).succeed();
            attempts.begin("here").withdraw();
        }

        assertThatCode(() -> attempts.begin("ada", "here", false)).doesNotThrowAnyException();
    }

    @Test
    void successForgivesEarlierFailures() {
        failAtAccount("ada", PasswordAttempts.PER_ACCOUNT - 1);

        attempts.begin("ada", "here", false).succeed();

        failAtAccount("ada", PasswordAttempts.PER_ACCOUNT);
    }

    @Test
    void aStrangersGuessesDoNotHoldUpTheOwnerWhereTheOwnerIsKnown() {
        failAtAccount("ada", PasswordAttempts.PER_ACCOUNT);

        assertThatThrownBy(() -> attempts.begin("ada", "elsewhere", false)).isInstanceOf(Refusal.TooMany.class);
        assertThatCode(() -> attempts.begin("ada", "home", true)).doesNotThrowAnyException();
    }

    @Test
    void anAttemptThatIsRefusedForTheAccountDoesNotCountForTheAddress() {
        failAtAccount("ada", PasswordAttempts.PER_ACCOUNT);
        for (int i = 0; i < PasswordAttempts.PER_ADDRESS * 2; i++) {
            assertThatThrownBy(() -> attempts.begin("ada", "here", false)).isInstanceOf(Refusal.TooMany.class);
        }

        assertThatCode(() -> attempts.begin("grace", "here", false)).doesNotThrowAnyException();
    }

    @Test
    void guessesAtOtherAccountsDoNotHoldUpTheOwnerAtTheSameAddress() {
        for (int i = 0; i < PasswordAttempts.PER_ADDRESS; i++) {
            attempts.begin("account" + i, "office", false);
        }

        assertThatThrownBy(() -> attempts.begin("ada", "office", false)).isInstanceOf(Refusal.TooMany.class);
        assertThatCode(() -> attempts.begin("ada", "office", true)).doesNotThrowAnyException();
    }
}
