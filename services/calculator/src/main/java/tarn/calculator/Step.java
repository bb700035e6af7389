package tarn.calculator;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part of an expression, and what it came to. A tree of them is a list in which operands come
/// before what uses them: however deep it is, whoever reads or writes it need not nest.
///
/// @param text the operator, the function or the name, or a literal without what makes no difference
/// @param operands where in the list its operands are, in their order
/// @param value as [#of] writes it; null for what was not needed: the branch that an `if` did not take
/// @param exact whether that is the very value
/// @param at where in the expression its operator, name or literal begins, 0-based in UTF-16 code units
record Step(
        StepKind kind,
        String text,
        List<Integer> operands,
        @Nullable String value,
        boolean exact,
        int at) {

    /// So many digits are written in full: as many as a literal may have.
    static final int MAX_DIGITS = ExpressionParser.MAX_DIGITS;

    /// What a part is.
    enum StepKind {
        NUMBER,
        VARIABLE,
        OPERATOR,
        FUNCTION
    }

    /// All parts of a tree; the last is the whole of it.
    ///
    /// A value is written as a result is of which no scale was asked. One of more than [#MAX_DIGITS]
    /// digits is rounded to 34 and may have an exponent, `1.25e400`, so that the steps together stay
    /// small and cost little next to working them out.
    ///
    /// @param values of all parts that were worked out
    static List<Step> of(Expression whole, IdentityHashMap<Expression, Value> values, RoundingMode rounding) {
        List<Step> steps = new ArrayList<>();
        add(whole, values, rounding, steps);
        return List.copyOf(steps);
    }

    /// @return where in the list it is
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
