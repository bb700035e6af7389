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

final class PersonTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Person ADA = new Person(
            new Person.Id(new UUID(0, 1)),
            new Person.Profile("Ada", ZoneOffset.UTC),
            Person.Email.parse("Ada@Example.org"),
            false,
            NOON,
            NOON,
            1);

    @Test
    void anotherProfileIsAnotherVersion() {
        Person.Profile profile = new Person.Profile("Ada King", ZoneId.of("Europe/London"));

        Person changed = ADA.with(profile, NOON.plusSeconds(1));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.updatedAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(changed.profile()).isEqualTo(profile);
    }

    @Test
    void theSameProfileChangesNothing() {
        assertThat(ADA.with(new Person.Profile(" Ada ", ZoneOffset.UTC), NOON.plusSeconds(1)))
                .isSameAs(ADA);
    }

    @Test
    void namesThatLookAlikeAreAlike() {
        assertThat(new Person.Profile("Ame\u0301lie", ZoneOffset.UTC).name()).isEqualTo("Am\u00e9lie");
    }

    @Test
    void refusesTimeZonesThatThereAreNot() {
        assertThatThrownBy(() -> Person.Profile.of("Ada", "Europe/Atlantis"))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.places().getFirst().pointer())
                                .isEqualTo("/timeZone"));
    }

    @Test
    void addressesThatDifferOnlyByCaseAreOne() {
        assertThat(Person.Email.parse("ada@EXAMPLE.org").key())
                .isEqualTo(ADA.email().key());
        assertThat(ADA.email().value()).isEqualTo("Ada@Example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\uff41da@example.org", "ada\uff20example.org", "a\u200bda@example.org", "ada@example\u00ad.org"
            })
    void addressesThatDifferByWidthOrByWhatCannotBeSeenAreOne(String text) {
        assertThat(new Person.Email(text).key()).isEqualTo(ADA.email().key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "ada+tag@example.org", "\u00e4da@example.org", " ada@example.org "})
    void takesWhatMayBeAnAddress(String text) {
        assertThat(Person.Email.parse(text).value()).isEqualTo(text.strip());
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
        assertThatThrownBy(() -> Person.Email.parse(text)).isInstanceOf(Refusal.Invalid.class);
    }
}
