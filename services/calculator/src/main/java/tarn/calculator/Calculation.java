package tarn.calculator;

import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody wants to know.
///
/// @param variables what the names in the expression stand for
/// @param scale how many digits the result shall have after the point; null for as many as it has
/// @param rounding how the result, and `round` in the expression, is rounded
record Calculation(
        String expression,
        Map<String, Rational> variables,
        @Nullable Integer scale,
        RoundingMode rounding) {

    /// What it came to.
    ///
    /// @param value digits, or `true` or `false`
    /// @param truth whether it is the answer to a comparison
    /// @param exact whether it is the very value, neither rounded nor near an irrational one
    /// @param canonical the one way in which the expression is written
    record Result(String value, boolean truth, boolean exact, String canonical) {}

    /// @throws Fault with what is wrong, and where
    Result result() {
        Expression tree = ExpressionParser.parse(expression);
        return switch (new Evaluation(variables, rounding).of(tree)) {
            case Value.Truth truth -> new Result(String.valueOf(truth.holds()), true, truth.exact(), tree.canonical());
            case Rational number -> {
                Rational.Decimal decimal = number.decimal(scale, rounding);
                yield new Result(decimal.digits(), false, decimal.exact(), tree.canonical());
            }
        };
    }
}
