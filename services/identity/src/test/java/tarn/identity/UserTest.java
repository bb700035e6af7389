package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.platform.problem.Refusal;

final class UserTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final User ADA = new User(
            new User.Id(new UUID(0, 1)),
            new User.Profile("Ada", ZoneOffset.UTC),
            User.Email.parse("Ada@Example.org"),
            false,
            null,
            NOON,
            NOON,
            1);

    @Test
    void anotherProfileIsAnotherVersion() {
        User.Profile profile = new User.Profile("Ada King", ZoneId.of("Europe/London"));

        User changed = ADA.with(profile, NOON.plusSeconds(1));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.updatedAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(changed.profile()).isEqualTo(profile);
    }

    @Test
    void theSameProfileChangesNothing() {
        assertThat(ADA.with(new User.Profile(" Ada ", ZoneOffset.UTC), NOON.plusSeconds(1)))
                .isSameAs(ADA);
    }

    @Test
    void namesThatLookAlikeAreAlike() {
        assertThat(new User.Profile("Ame\u0301lie", ZoneOffset.UTC).name()).isEqualTo("Am\u00e9lie");
    }

    @Test
    void refusesTimeZonesThatThereAreNot() {
        assertThatThrownBy(() -> User.Profile.of("Ada", "Europe/Atlantis"))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.fieldErrors().getFirst().pointer())
                                .isEqualTo("/timeZone"));
    }

    @Test
    void addressesThatDifferOnlyByCaseAreOne() {
        assertThat(User.Email.parse("ada@EXAMPLE.org").key())
                .isEqualTo(ADA.email().key());
        assertThat(ADA.email().value()).isEqualTo("Ada@Example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\uff41da@example.org", "ada\uff20example.org", "a\u200bda@example.org", "ada@example\u00ad.org"
            })
    void addressesThatDifferByWidthOrByWhatCannotBeSeenAreOne(String text) {
        assertThat(new User.Email(text).key()).isEqualTo(ADA.email().key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "ada+tag@example.org", "\u00e4da@example.org", " ada@example.org "})
    void takesWhatMayBeAnAddress(String text) {
        assertThat(User.Email.parse(text).value()).isEqualTo(text.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "@example.org",
                "ada@",
                "ada@@example.org",
                "a da@example.org",
                "a\u0007@b.c",
                "   ",
                "a\u200b@b.c",
                "a\u3164@b.c"
            })
    void refusesWhatCanBeNoAddress(String text) {
        assertThatThrownBy(() -> User.Email.parse(text)).isInstanceOf(Refusal.Invalid.class);
    }
}
