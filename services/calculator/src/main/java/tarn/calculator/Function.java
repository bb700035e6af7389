package tarn.calculator;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The functions of expressions, with their numbers of arguments.
enum Function {
    SUM(1, Function.MANY, "the sum of all arguments"),
    AVG(1, Function.MANY, "the arithmetic mean of all arguments"),
    MIN(1, Function.MANY, "the smallest argument"),
    MAX(1, Function.MANY, "the largest argument"),
    ROUND(1, 2, "the first argument, rounded to the decimal places that the second gives (0 if absent)"),
    ABS(1, 1, "the absolute value"),
    SQRT(1, 1, "the square root"),
    IF(3, 3, "the second argument if the first is true, otherwise the third"),
    PERCENT(1, 2, "the second argument (1 if absent) times the first, divided by 100");

    /// No upper limit of arguments.
    static final int MANY = Integer.MAX_VALUE;

    private static final Map<String, Function> BY_NAME =
            Stream.of(values()).collect(Collectors.toMap(Function::symbol, UnaryOperator.identity()));

    private final int minArguments;
    private final int maxArguments;
    private final String meaning;

    Function(int minArguments, int maxArguments, String meaning) {
        this.minArguments = minArguments;
        this.maxArguments = maxArguments;
        this.meaning = meaning;
    }

    /// The function of this name, ignoring case.
    static Optional<Function> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    int minArguments() {
        return minArguments;
    }

    int maxArguments() {
        return maxArguments;
    }

    String meaning() {
        return meaning;
    }
}
