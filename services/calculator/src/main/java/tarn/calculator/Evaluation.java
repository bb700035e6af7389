package tarn.calculator;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Evaluates an expression exactly, with bounded cost: numbers up to 4,096 bits, and a budget of a
/// million word multiplications charged before each step, so that no expression takes more than a
/// few milliseconds.
final class Evaluation {

    /// Bits of numerator and denominator together: some 1,200 digits.
    static final int MAX_BITS = 4_096;

    /// Approximately in products of two machine words.
    private static final long BUDGET = 1_000_000;

    private static final int WORD = 64;
    private static final long ROOT_COST = 20_000;
    private static final int MAX_PLACES = 100;
    private static final BigInteger MAX_EXPONENT = BigInteger.valueOf(MAX_BITS);
    private static final Rational HUNDRED = Rational.of(BigInteger.valueOf(100));

    private final Map<String, Rational> variables;
    private final RoundingMode rounding;
    private final @Nullable IdentityHashMap<Expression, Value> values;
    private long spent;

    /// @param rounding for `round`
    Evaluation(Map<String, Rational> variables, RoundingMode rounding) {
        this(variables, rounding, null);
    }

    /// @param values receives the value of each part; null for none
    Evaluation(
            Map<String, Rational> variables,
            RoundingMode rounding,
            @Nullable IdentityHashMap<Expression, Value> values) {
        this.variables = variables;
        this.rounding = rounding;
        this.values = values;
    }

    /// @throws Fault `unknown-name`, `type-mismatch`, `division-by-zero`, `negative-root`,
    /// `exponent-not-whole`, `out-of-range`, `too-large` or `too-costly`, with its position
    Value of(Expression expression) {
        Value value = worked(expression);
        if (values != null) {
            values.put(expression, value);
        }
        return value;
    }

    private Value worked(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Name name -> variable(name);
            case Expression.Negation negation ->
                number(negation.operand(), negation.at()).negated();
            case Expression.Binary binary -> binary(binary);
            case Expression.Call call -> call(call);
        };
    }

    private Rational variable(Expression.Name name) {
        Rational value = variables.get(name.name());
        if (value == null) {
            throw new Fault("unknown-name", "There is no variable " + name.name() + ".", name.at());
        }
        return value;
    }

    private Value binary(Expression.Binary binary) {
        Value first = of(binary.left());
        Value second = of(binary.right());
        Operator operator = binary.operator();
        int at = binary.at();
        if (first instanceof Value.Truth left
                && second instanceof Value.Truth right
                && (operator == Operator.EQUAL || operator == Operator.UNEQUAL)) {
            return new Value.Truth(
                    (left.holds() == right.holds()) == (operator == Operator.EQUAL), left.exact() && right.exact());
        }
        Rational left = number(first, at);
        Rational right = number(second, at);
        charge(left, right, at, operator == Operator.REMAINDER ? 3 : 1);
        boolean exact = left.exact() && right.exact();
        return switch (operator) {
            case EQUAL -> new Value.Truth(left.compareTo(right) == 0, exact);
            case UNEQUAL -> new Value.Truth(left.compareTo(right) != 0, exact);
            case LESS -> new Value.Truth(left.compareTo(right) < 0, exact);
            case AT_MOST -> new Value.Truth(left.compareTo(right) <= 0, exact);
            case MORE -> new Value.Truth(left.compareTo(right) > 0, exact);
            case AT_LEAST -> new Value.Truth(left.compareTo(right) >= 0, exact);
            case PLUS -> bounded(left.plus(right), at);
            case MINUS -> bounded(left.minus(right), at);
            case TIMES -> bounded(left.times(right), at);
            case DIVIDED_BY -> bounded(left.dividedBy(notZero(right, at)), at);
            case REMAINDER -> bounded(left.remainder(notZero(right, at)), at);
            case POWER -> power(left, right, at);
        };
    }

    private Rational power(Rational base, Rational exponent, int at) {
        if (!exponent.isWhole()) {
            throw new Fault("exponent-not-whole", "An exponent must be a whole number.", at);
        }
        BigInteger size = exponent.numerator().abs();
        if (exponent.signum() < 0) {
            notZero(base, at);
        }
        if (base.isWhole() && base.numerator().abs().bitLength() <= 1) {
            // 0, 1 and -1 stay what they are: only whether the exponent is even makes a difference.
            return base.power(size.signum() == 0 ? 0 : size.testBit(0) ? 1 : 2);
        }
        if (size.compareTo(MAX_EXPONENT) > 0 || (long) base.bits() * size.intValue() > 4L * MAX_BITS) {
            throw tooLarge(at);
        }
        long words = (long) base.bits() * size.intValue() / WORD + 1;
        charge(words * words, at);
        return bounded(base.power(exponent.numerator().intValue()), at);
    }

    private Value call(Expression.Call call) {
        if (call.function() == Function.IF) {
            return conditional(call);
        }
        List<Rational> numbers = new ArrayList<>(call.arguments().size());
        for (Expression argument : call.arguments()) {
            numbers.add(number(argument, argument.at()));
        }
        int at = call.at();
        Rational first = numbers.getFirst();
        return switch (call.function()) {
            case SUM -> reduced(numbers, at, Rational::plus);
            case AVG -> reduced(numbers, at, Rational::plus).dividedBy(Rational.of(BigInteger.valueOf(numbers.size())));
            case MIN -> reduced(numbers, at, Rational::lesser);
            case MAX ->
                reduced(
                        numbers,
                        at,
                        (one, other) -> one.negated().lesser(other.negated()).negated());
            case ROUND -> rounded(first, numbers.size() == 1 ? Rational.ZERO : numbers.get(1), at);
            case ABS -> first.absolute();
            case SQRT -> root(first, at);
            case PERCENT -> percent(first, numbers.size() == 1 ? Rational.ONE : numbers.get(1), at);
            case IF -> throw new IllegalStateException("answered above");
        };
    }

    private Value conditional(Expression.Call call) {
        Expression condition = call.arguments().getFirst();
        if (of(condition) instanceof Value.Truth truth) {
            return of(call.arguments().get(truth.holds() ? 1 : 2)).resting(truth.exact());
        }
        throw new Fault("type-mismatch", "A comparison is needed here.", condition.at());
    }

    private Rational reduced(List<Rational> numbers, int at, BinaryOperator<Rational> step) {
        Rational result = numbers.getFirst();
        for (Rational next : numbers.subList(1, numbers.size())) {
            charge(result, next, at);
            result = bounded(step.apply(result, next), at);
        }
        return result;
    }

    private Rational rounded(Rational number, Rational places, int at) {
        if (!places.isWhole() || places.absolute().compareTo(HUNDRED) > 0) {
            throw new Fault("out-of-range", "Decimal places are a whole number from -100 to " + MAX_PLACES + ".", at);
        }
        charge(number, number, at);
        return bounded(number.rounded(places.numerator().intValue(), rounding), at);
    }

    private Rational root(Rational number, int at) {
        if (number.signum() < 0) {
            throw new Fault("negative-root", "A number below 0 has no square root.", at);
        }
        charge(ROOT_COST, at);
        return bounded(number.root(), at);
    }

    private Rational percent(Rational hundredths, Rational whole, int at) {
        charge(hundredths, whole, at);
        return bounded(hundredths.times(whole).dividedBy(HUNDRED), at);
    }

    private Rational number(Expression expression, int at) {
        return number(of(expression), at);
    }

    private static Rational number(Value value, int at) {
        if (value instanceof Rational number) {
            return number;
        }
        throw new Fault("type-mismatch", "A number is needed here, not a comparison.", at);
    }

    private static Rational notZero(Rational divisor, int at) {
        if (divisor.signum() == 0) {
            throw new Fault("division-by-zero", "Nothing can be divided by 0.", at);
        }
        return divisor;
    }

    private static Rational bounded(Rational number, int at) {
        if (number.bits() > MAX_BITS) {
            throw tooLarge(at);
        }
        return number;
    }

    private static Fault tooLarge(int at) {
        return new Fault("too-large", "This number has more than about 1,200 digits.", at);
    }

    private void charge(Rational left, Rational right, int at) {
        charge(left, right, at, 1);
    }

    /// Charges a product and the reduction of its result, which takes many times as long and
    /// depends on the longer number only.
    private void charge(Rational left, Rational right, int at, int times) {
        long words = left.bits() / WORD + right.bits() / WORD + 2L;
        charge(4L * times * words * words, at);
    }

    private void charge(long cost, int at) {
        spent += cost;
        if (spent > BUDGET) {
            throw new Fault("too-costly", "This takes too much work for one calculation.", at);
        }
    }
}
