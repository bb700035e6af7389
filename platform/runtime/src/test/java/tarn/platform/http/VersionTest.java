package tarn.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.platform.problem.Refusal;

final class VersionTest {

    @Test
    void readsBackTheTagItWrote() {
        assertThat(Version.expected('"' + Version.tag(42).getValue() + '"')).isEqualTo(42);
        assertThat(Version.expected('"' + Version.tag(42, 3, "x").getValue() + '"'))
                .isEqualTo(42);
    }

    @Test
    void takesAnyVersionWhenNoneIsNamed() {
        assertThat(Version.expected(null)).isNull();
        assertThat(Version.expected(" * ")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"\"", "7", "W/\"7\"", "\"seven\"", "\"7\", \"8\"", "\"-7\"", "\"9999999999999999999\""})
    void refusesWhatCanBeNoVersion(String tag) {
        assertThatThrownBy(() -> Version.expected(tag)).isInstanceOf(Refusal.Outdated.class);
    }

    @Test
    void changesItsTagWithWhatIsShownBesideTheResource() {
        assertThat(Version.tag(1, 2)).isNotEqualTo(Version.tag(1, 3)).isNotEqualTo(Version.tag(1));
        assertThat(Version.tag(1).isWeak()).isFalse();
    }
}
