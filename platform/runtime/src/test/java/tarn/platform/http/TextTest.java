package tarn.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TextTest {

    private record Letter(
            @Nullable @Text(min = 1, max = 3) String title,
            @Nullable @Text(min = 2, max = 9, lines = true) String body) {}

    @Test
    void countsLengthAsTheDatabaseDoes() {
        assertThat(faults(new Letter("🏔🏔🏔", "ab"))).isEmpty();
        assertThat(faults(new Letter("🏔🏔🏔🏔", "ab"))).containsExactly("title must have at most 3 characters");
        assertThat(faults(new Letter("a", "b"))).containsExactly("body must have at least 2 characters");
    }

    @Test
    void wantsSomethingThatCanBeSeen() {
        assertThat(faults(new Letter(" ", "\n\n")))
                .containsExactlyInAnyOrder("title must not be empty", "body must have at least 2 characters");
        // Zero width space, word joiner, right-to-left mark, no-break space.
        assertThat(faults(new Letter("\u200B\u2060", "\u200F\u00A0")))
                .containsExactlyInAnyOrder("title must not be empty", "body must have at least 2 characters");
        assertThat(faults(new Letter(null, null))).isEmpty();
    }

    @Test
    void refusesWhatCanNotBeStored() {
        assertThat(faults(new Letter("a\0", "\uD83Cab")))
                .containsExactlyInAnyOrder(
                        "title must not contain characters that cannot be stored",
                        "body must not contain characters that cannot be stored");
    }

    @Test
    void allowsLinesWhereTheyAreWanted() {
        assertThat(faults(new Letter("a\nb", "a\nb"))).containsExactly("title must be a single line");
    }

    private static List<String> faults(Letter letter) {
        try (var factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()) {
            return factory.getValidator().validate(letter).stream()
                    .map(TextTest::line)
                    .toList();
        }
    }

    private static String line(ConstraintViolation<Letter> violation) {
        return violation.getPropertyPath() + " " + violation.getMessage();
    }
}
