package tarn.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CollationKeysTest {

    @Test
    void accentsAreBesideTheirLettersAndNumbersInOrder() {
        List<String> sorted = List.of(
                "",
                "1 roof",
                "2 roofs",
                "10 roofs",
                "Äpfel",
                "apple",
                "Apple",
                "café",
                "Café 2",
                "Café 10",
                "Zebra",
                "Ελλάδα",
                "Ёлка",
                "жук",
                "東京");
        List<String> mixed = sorted.reversed();

        assertThat(mixed.stream()
                        .sorted(Comparator.comparing(CollationKeys::of, Arrays::compareUnsigned))
                        .toList())
                .isEqualTo(sorted);
    }

    @Test
    void keysAreBoundedAndAreThoseOfTheNormalForm() {
        assertThat(CollationKeys.of("cafe\u0301")).isEqualTo(CollationKeys.of("café"));
        assertThat(CollationKeys.of(String.join("", Collections.nCopies(500, "縖"))).length)
                .isLessThan(1_000);
        assertThat(CollationKeys.of("a\ud800\0")).isNotEmpty();
        assertThat(CollationKeys.version()).isNotZero();
    }
}
