package tarn.calculator;

import java.math.RoundingMode;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a user wants to know.
///
/// @param variables what the names in the expression stand for
/// @param scale how many digits the result shall have after the point; null for as many as it has
/// @param rounding how the result, and `round` in the expression, is rounded
/// @param stepwise whether the value of each part is wanted too
record Calculation(
        String expression,
        Map<String, Rational> variables,
        @Nullable Integer scale,
        RoundingMode rounding,
        boolean stepwise) {

    /// What it came to.
    ///
    /// @param value digits, or `true` or `false`
    /// @param truth whether it is the answer to a comparison
    /// @param exact whether it is the very value, neither rounded nor near an irrational one
    /// @param canonical the one way in which the expression is written
    /// @param steps what each part came to; null when that was not asked
    record Result(
            String value,
            boolean truth,
            boolean exact,
            String canonical,
            @Nullable List<Step> steps) {}

    /// @throws Fault with what is wrong, and where
    Result result() {
        Expression tree = ExpressionParser.parse(expression);
        IdentityHashMap<Expression, Value> values = stepwise ? new IdentityHashMap<>() : null;
        Value whole = new Evaluation(variables, rounding, values).of(tree);
        List<Step> steps = values == null ? null : Step.of(tree, values, rounding);
        return switch (whole) {
            case Value.Truth truth ->
                new Result(String.valueOf(truth.holds()), true, truth.exact(), tree.canonical(), steps);
            case Rational number -> {
                Rational.Decimal decimal = number.decimal(scale, rounding);
                yield new Result(decimal.digits(), false, decimal.exact(), tree.canonical(), steps);
            }
        };
    }
}
