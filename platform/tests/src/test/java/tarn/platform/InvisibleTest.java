package tarn.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InvisibleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200bb",
                "\u2800",
                "\u3164",
                "a\u202eb",
                "\u0301",
                "a \u0301",
                "a\u001bb",
                "a\tb",
                "a\u00adb",
                "a\ufeff",
                "a\u200d",
                "a\u200cb",
                "a\ufe0f",
                "\ufe0f",
                "\ufe0f\ufe0f",
                "a\u2066b",
                "a\udb40\udc41",
                "\uffa0",
                "\u115f",
                "a\u0085b"
            })
    void refusesWhatCannotBeSeen(String text) {
        assertThat(Invisible.fault(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada Brandt",
                "\u00c9lodie",
                "\ud83d\udc69\u200d\ud83d\udcbb",
                "\u2764\ufe0f",
                "1\ufe0f\u20e3",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                "\u0d28\u0d4d\u200d",
                "\u0915\u094d\u200d\u0937",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f",
                "\u845b\udb40\udd00",
                "a\u00a0b",
                "\u3000x"
            })
    void takesWhatUsersWrite(String text) {
        assertThat(Invisible.fault(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a\u200bb         | ab
            \u202eevil\u001b | evil
            a \u0301b         | a b
            e\u0301           | \u00e9
            a\u200d\u200d    | a
            \u2764\ufe0f     | \u2764\ufe0f
            """)
    void cleansWhatItRefuses(String text, String clean) {
        assertThat(Invisible.cleaned(text)).isEqualTo(clean);
        assertThat(Invisible.fault(clean)).isNull();
    }

    @Test
    void ofWhatCannotBeSeenNothingIsLeft() {
        assertThat(Invisible.cleaned("\u200e \u200e\u3164")).isEmpty();
    }
}
