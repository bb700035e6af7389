package tarn.calculator;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of an expression with its value, in a flat list with operands first, so that deep
/// expressions do not nest in JSON.
///
/// @param text the operator, function or name, or the literal in canonical form
/// @param operands indices of its operands in the list, in order
/// @param value as [#of] writes it; null for the branch that an `if` did not take
/// @param exact whether the value is exact
/// @param at position of its operator, name or literal, 0-based in UTF-16 code units
record Step(
        StepKind kind,
        String text,
        List<Integer> operands,
        @Nullable String value,
        boolean exact,
        int at) {

    /// Digits written in full, as many as a literal may have.
    static final int MAX_DIGITS = ExpressionParser.MAX_DIGITS;

    /// The kind of a part.
    enum StepKind {
        NUMBER,
        VARIABLE,
        OPERATOR,
        FUNCTION
    }

    /// The steps of an expression; the last is the whole.
    ///
    /// Values of more than [#MAX_DIGITS] digits are rounded to 34, possibly with an exponent
    /// (`1.25e400`), so that the list stays small and cheap.
    ///
    /// @param values of all evaluated parts
    static List<Step> of(Expression whole, IdentityHashMap<Expression, Value> values, RoundingMode rounding) {
        List<Step> steps = new ArrayList<>();
        add(whole, values, rounding, steps);
        return List.copyOf(steps);
    }

    /// @return its index in the list
    private static Integer add(
            Expression part, IdentityHashMap<Expression, Value> values, RoundingMode rounding, List<Step> steps) {
        List<Integer> operands = new ArrayList<>();
        for (Expression operand : operands(part)) {
            operands.add(add(operand, values, rounding, steps));
        }
        steps.add(step(part, List.copyOf(operands), values.get(part), rounding));
        return steps.size() - 1;
    }

    private static Step step(Expression part, List<Integer> operands, @Nullable Value value, RoundingMode rounding) {
        return switch (value) {
            case null -> new Step(kind(part), text(part), operands, null, false, part.at());
            case Value.Truth truth ->
                new Step(kind(part), text(part), operands, String.valueOf(truth.holds()), truth.exact(), part.at());
            case Rational number -> {
                Rational.Decimal decimal = number.brief(MAX_DIGITS, rounding);
                yield new Step(kind(part), text(part), operands, decimal.digits(), decimal.exact(), part.at());
            }
        };
    }

    private static List<Expression> operands(Expression part) {
        return switch (part) {
            case Expression.Literal _, Expression.Name _ -> List.of();
            case Expression.Negation negation -> List.of(negation.operand());
            case Expression.Binary binary -> List.of(binary.left(), binary.right());
            case Expression.Call call -> call.arguments();
        };
    }

    private static StepKind kind(Expression part) {
        return switch (part) {
            case Expression.Literal _ -> StepKind.NUMBER;
            case Expression.Name _ -> StepKind.VARIABLE;
            case Expression.Negation _, Expression.Binary _ -> StepKind.OPERATOR;
            case Expression.Call _ -> StepKind.FUNCTION;
        };
    }

    private static String text(Expression part) {
        return switch (part) {
            case Expression.Literal literal -> literal.digits();
            case Expression.Name name -> name.name();
            case Expression.Negation _ -> Operator.MINUS.symbol();
            case Expression.Binary binary -> binary.operator().symbol();
            case Expression.Call call -> call.function().symbol();
        };
    }
}
