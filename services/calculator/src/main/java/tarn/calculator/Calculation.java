package tarn.calculator;

import java.math.RoundingMode;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An expression with its variables' values and rounding; evaluates to a [Result], or throws a
/// [Fault] with the position.
///
/// @param variables values by name
/// @param scale decimal places of the result; null for all
/// @param rounding of the result, and of `round` in the expression
/// @param stepwise whether to return the value of each part
record Calculation(
        String expression,
        Map<String, Rational> variables,
        @Nullable Integer scale,
        RoundingMode rounding,
        boolean stepwise) {

    /// The result of a calculation.
    ///
    /// @param value digits, or `true` or `false`
    /// @param truth whether the result is a boolean
    /// @param exact whether neither rounded nor an approximation of an irrational number
    /// @param canonical the expression in canonical form
    /// @param steps the value of each part; null when not requested
    record Result(
            String value,
            boolean truth,
            boolean exact,
            String canonical,
            @Nullable List<Step> steps) {}

    /// @throws Fault with the error and its position
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
