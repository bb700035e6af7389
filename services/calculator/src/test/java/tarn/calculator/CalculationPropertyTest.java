package tarn.calculator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random expressions, compared with other ways to work them out.
final class CalculationPropertyTest {

    private static final int EXPRESSIONS = 2_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithAnEvaluatorThatWorksOtherwise(long seed) {
        Random random = new Random(seed);
        int values = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            String expression = operation(random, 4);
            String expected = ByStack.value(expression);
            if (expected.isEmpty()) {
                assertThat(catchThrowableOfType(Fault.class, () -> value(expression))
                                .code())
                        .as(expression)
                        .isEqualTo("division-by-zero");
            } else {
                Rational value = value(expression);
                assertThat(value.numerator() + "/" + value.denominator())
                        .as(expression)
                        .isEqualTo(expected);
                values++;
            }
            String canonical = ExpressionParser.parse(expression).canonical();
            assertThat(ExpressionParser.parse(canonical).canonical())
                    .as(expression)
                    .isEqualTo(canonical);
            assertThat(ByStack.value(canonical)).as(canonical).isEqualTo(expected);
        }
        assertThat(values).isGreaterThan(EXPRESSIONS / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void agreesWithBigDecimal(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < EXPRESSIONS; i++) {
            BigDecimal value = decimal(random);
            StringBuilder expression = new StringBuilder(value.toPlainString());
            for (int term = 0; term < 8; term++) {
                BigDecimal next = decimal(random);
                switch (random.nextInt(3)) {
                    case 0 -> {
                        expression.append(" + ").append(next.toPlainString());
                        value = value.add(next);
                    }
                    case 1 -> {
                        expression.append(" - ").append(next.toPlainString());
                        value = value.subtract(next);
                    }
                    default -> {
                        expression.insert(0, '(').append(") * ").append(next.toPlainString());
                        value = value.multiply(next);
                    }
                }
            }
            Calculation.Result exact =
                    new Calculation(expression.toString(), Map.of(), null, RoundingMode.HALF_UP, false).result();
            Calculation.Result rounded =
                    new Calculation(expression.toString(), Map.of(), 2, RoundingMode.HALF_EVEN, false).result();

            assertThat(new BigDecimal(exact.value())).as(expression.toString()).isEqualByComparingTo(value);
            assertThat(exact.exact()).isTrue();
            assertThat(rounded.value())
                    .isEqualTo(value.setScale(2, RoundingMode.HALF_EVEN).toPlainString());
        }
    }

    private static Rational value(String expression) {
        return (Rational) new Evaluation(Map.of(), RoundingMode.HALF_UP).of(ExpressionParser.parse(expression));
    }

    private static BigDecimal decimal(Random random) {
        return new BigDecimal(new BigInteger(1 + random.nextInt(40), random), random.nextInt(8));
    }

    private static String operation(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return random.nextInt(12) + (random.nextInt(3) == 0 ? "." + random.nextInt(100) : "");
        }
        return switch (random.nextInt(8)) {
            case 0 -> '(' + operation(random, depth - 1) + ')';
            case 1 -> '-' + operation(random, depth - 1);
            case 2 -> '(' + operation(random, depth - 1) + ")^" + (random.nextBoolean() ? "-" : "") + random.nextInt(3);
            default ->
                operation(random, depth - 1)
                        + " ".repeat(random.nextInt(2))
                        + "+-*/%".charAt(random.nextInt(5))
                        + " ".repeat(random.nextInt(2))
                        + operation(random, depth - 1);
        };
    }

    /// Dijkstra's shunting-yard on two stacks, with fractions that are reduced only at the end: shares
    /// nothing with what it is compared to.
    private static final class ByStack {

        private record Fraction(BigInteger above, BigInteger below) {}

        private final Deque<Fraction> operands = new ArrayDeque<>();
        private final Deque<Character> operators = new ArrayDeque<>();

        /// As in `-1/3`; empty when something is divided by 0.
        static String value(String expression) {
            try {
                Fraction value = new ByStack().run(expression);
                BigInteger common = value.above().gcd(value.below()).max(BigInteger.ONE);
                BigInteger sign = BigInteger.valueOf(value.below().signum());
                return value.above().divide(common).multiply(sign) + "/"
                        + value.below().divide(common).multiply(sign);
            } catch (ArithmeticException byZero) {
                return "";
            }
        }

        private Fraction run(String expression) {
            List<String> tokens =
                    new ArrayList<>(List.of(expression.replaceAll("\\s+", "").split("(?<=[-+*/%^()])|(?=[-+*/%^()])")));
            boolean operandNext = true;
            for (String token : tokens) {
                char first = token.charAt(0);
                if (Character.isDigit(first)) {
                    BigDecimal number = new BigDecimal(token);
                    operands.push(new Fraction(number.unscaledValue(), BigInteger.TEN.pow(number.scale())));
                    operandNext = false;
                } else if (first == '(') {
                    operators.push(first);
                } else if (first == ')') {
                    while (operators.getFirst() != '(') {
                        apply();
                    }
                    operators.pop();
                } else if (operandNext) {
                    operators.push('~');
                } else {
                    while (!operators.isEmpty() && bindsBefore(operators.getFirst(), first)) {
                        apply();
                    }
                    operators.push(first);
                    operandNext = true;
                }
            }
            while (!operators.isEmpty()) {
                apply();
            }
            return operands.pop();
        }

        private static boolean bindsBefore(char waiting, char next) {
            return waiting != '(' && (next == '^' ? precedence(waiting) > 4 : precedence(waiting) >= precedence(next));
        }

        private static int precedence(char operator) {
            return switch (operator) {
                case '+', '-' -> 1;
                case '*', '/', '%' -> 2;
                case '~' -> 3;
                default -> 4;
            };
        }

        private void apply() {
            char operator = operators.pop();
            Fraction right = operands.pop();
            if (operator == '~') {
                operands.push(new Fraction(right.above().negate(), right.below()));
                return;
            }
            Fraction left = operands.pop();
            BigInteger below = left.below().multiply(right.below());
            operands.push(
                    switch (operator) {
                        case '+' ->
                            new Fraction(
                                    left.above()
                                            .multiply(right.below())
                                            .add(right.above().multiply(left.below())),
                                    below);
                        case '-' ->
                            new Fraction(
                                    left.above()
                                            .multiply(right.below())
                                            .subtract(right.above().multiply(left.below())),
                                    below);
                        case '*' -> new Fraction(left.above().multiply(right.above()), below);
                        case '/' -> over(left, right);
                        case '%' -> {
                            Fraction quotient = over(left, right);
                            BigInteger times = quotient.above().divide(quotient.below());
                            yield new Fraction(
                                    left.above()
                                            .multiply(right.below())
                                            .subtract(times.multiply(right.above())
                                                    .multiply(left.below())),
                                    below);
                        }
                        default -> power(left, right.above().intValueExact());
                    });
        }

        private static Fraction over(Fraction left, Fraction right) {
            if (right.above().signum() == 0) {
                throw new ArithmeticException("by zero");
            }
            return new Fraction(
                    left.above().multiply(right.below()), left.below().multiply(right.above()));
        }

        private static Fraction power(Fraction base, int exponent) {
            Fraction result = new Fraction(BigInteger.ONE, BigInteger.ONE);
            for (int i = 0; i < Math.abs(exponent); i++) {
                result = new Fraction(
                        result.above().multiply(base.above()), result.below().multiply(base.below()));
            }
            return exponent < 0 ? over(new Fraction(BigInteger.ONE, BigInteger.ONE), result) : result;
        }
    }
}
