package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tarn.platform.problem.Refusal;

final class PersonalTokenTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private static PersonalToken token(List<String> scopes, @Nullable Instant expiresAt) {
        return PersonalToken.create(
                new PersonalToken.Id(new UUID(0, 1)),
                new User.Id(new UUID(0, 2)),
                " build ",
                scopes,
                OpaqueSecret.fresh(PersonalToken.KIND),
                NOON,
                expiresAt);
    }

    @Test
    void showsHowItsSecretBeginsAndNoMore() {
        PersonalToken token = token(List.of("tasks:write", "tasks:read"), null);

        assertThat(token.prefix()).startsWith("tarn_pat_").hasSize(13);
        assertThat(token.name()).isEqualTo("build");
        assertThat(token.scopes()).containsExactly("tasks:read", "tasks:write");
    }

    @Test
    void livesUntilItExpires() {
        PersonalToken token = token(List.of("tasks:read"), NOON.plusSeconds(10));

        assertThat(token.isLive(NOON.plusSeconds(9))).isTrue();
        assertThat(token.isLive(NOON.plusSeconds(10))).isFalse();
        assertThat(token(List.of("tasks:read"), null).isLive(Instant.MAX)).isTrue();
    }

    @Test
    void refusesScopesThatThereAreNotOrTwice() {
        assertPlace(List.of("tasks:read", "everything"), null, "/scopes/1");
        assertPlace(List.of("tasks:read", "tasks:read"), null, "/scopes/1");
    }

    @Test
    void refusesAnEndThatIsNotAheadOrTooFar() {
        assertPlace(List.of("tasks:read"), NOON, "/expiresAt");
        assertPlace(List.of("tasks:read"), Instant.MAX, "/expiresAt");
    }

    private static AbstractThrowableAssert<?, ?> assertPlace(
            List<String> scopes, @Nullable Instant expiresAt, String pointer) {
        return assertThatThrownBy(() -> token(scopes, expiresAt))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.fieldErrors().getFirst().pointer())
                                .isEqualTo(pointer));
    }
}
