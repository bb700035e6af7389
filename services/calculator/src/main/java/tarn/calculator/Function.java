package tarn.calculator;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The functions of expressions, with their numbers of arguments.
enum Function {
    SUM(1, Function.MANY, "all of them together"),
    AVG(1, Function.MANY, "their arithmetic mean"),
    MIN(1, Function.MANY, "the least of them"),
    MAX(1, Function.MANY, "the greatest of them"),
    ROUND(1, 2, "the first, to as many decimal places as the second says (0 without it)"),
    ABS(1, 1, "without its sign"),
    SQRT(1, 1, "the square root"),
    IF(3, 3, "the second when the first holds, else the third"),
    PERCENT(1, 2, "so many hundredths of the second, or of 1 without it");

    /// No upper limit of arguments.
    static final int MANY = Integer.MAX_VALUE;

    private static final Map<String, Function> BY_NAME =
            Stream.of(values()).collect(Collectors.toMap(Function::symbol, UnaryOperator.identity()));

    private final int fewest;
    private final int most;
    private final String meaning;

    Function(int fewest, int most, String meaning) {
        this.fewest = fewest;
        this.most = most;
        this.meaning = meaning;
    }

    /// The function of this name, ignoring case.
    static Optional<Function> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    int fewest() {
        return fewest;
    }

    int most() {
        return most;
    }

    String meaning() {
        return meaning;
    }
}
