package tarn.calculator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CalculationTest {

    private static final Map<String, Rational> VARIABLES = Map.of(
            "quantity",
            Rational.of(new BigDecimal("3")),
            "unitPrice",
            Rational.of(new BigDecimal("19.99")),
            "prix\u0301",
            Rational.of(new BigDecimal("2")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 + 2 * 3                        | 7
            (1 + 2) * 3                      | 9
            0.1 + 0.2                        | 0.3
            1 / 3 * 3                        | 1
            1 / 8                            | 0.125
            10 - 4 - 3                       | 3
            100 / 10 / 5                     | 2
            2 ^ 3 ^ 2                        | 512
            -2 ^ 2                           | -4
            2 ^ -2                           | 0.25
            (-2) ^ 3                         | -8
            0 ^ 0                            | 1
            (-1) ^ 1000001                   | -1
            7 % 3                            | 1
            -7 % 3                           | -1
            7.5 % 2                          | 1.5
            --3                              | 3
            +3                               | 3
            1e3 + 2.50E-1                    | 1000.25
            .5 + 5.                          | 5.5
            3 \u00d7 4 \u00f7 2 \u2212 1  | 5
            3\u00a0\u00d7\u202f4\u2009\u2013\u200b1\ufeff | 11
            1e\u22122 + \u20131\u2060   | -0.99
            6 \u2215 2 \u22c5 5     | 15
            prix\u0301 * 2                   | 4
            quantity * unitPrice             | 59.97
            sum(1, 2, 3.5)                   | 6.5
            avg(1, 2)                        | 1.5
            avg(1, 1, 2) * 3                 | 4
            min(3, -1, 2)                    | -1
            MAX(3, -1, 2)                    | 3
            round(2.5)                       | 3
            round(-2.5)                      | -3
            round(3.14159, 2)                | 3.14
            round(1234, -2)                  | 1200
            abs(-3)                          | 3
            sqrt(2.25)                       | 1.5
            if(quantity > 2, 10, 20)         | 10
            if(1 = 2, 1 / 0, 20)             | 20
            percent(19, 200)                 | 38
            percent(50)                      | 0.5
            2 <= 2                           | true
            1 == 1.0                         | true
            (1 < 2) = (2 < 1)                | false
            2 \u2260 3                      | true
            """)
    void worksOut(String expression, String value) {
        Calculation.Result result = calculation(expression, null).result();

        assertThat(result.value()).isEqualTo(value);
        assertThat(result.exact()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 / 3        | 0.3333333333333333333333333333333333
            2 / 3        | 0.6666666666666666666666666666666667
            sqrt(2)      | 1.414213562373095048801688724209698
            sqrt(2) ^ 2  | 2
            sqrt(2e-250) * 1e125        | 1.414213562373095048801688724209698
            min(sqrt(2), 1)             | 1
            if(sqrt(2) < 2, 1, 0)       | 1
            sqrt(2) * sqrt(2) < 2       | true
            """)
    void saysWhenItIsNotTheVeryValue(String expression, String value) {
        Calculation.Result result = calculation(expression, null).result();

        assertThat(result.value()).isEqualTo(value);
        assertThat(result.exact()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1 / 3, 2, HALF_UP, 0.33, false",
        "0.125, 2, HALF_UP, 0.13, false",
        "0.125, 2, HALF_EVEN, 0.12, false",
        "-0.125, 2, FLOOR, -0.13, false",
        "1 / 8, 5, HALF_UP, 0.12500, true",
        "2, 2, DOWN, 2.00, true",
        "sqrt(2), 60, HALF_UP, 1.414213562373095048801688724209698078569671875376948073176680, false",
        // Rounded once from the exact value: twice, by way of 0.005, it would be 0.01.
        "0.0049999999999999999999999999999999999999999999999999, 2, HALF_UP, 0.00, false"
    })
    void roundsOnceAndAtTheEnd(String expression, int scale, RoundingMode rounding, String value, boolean exact) {
        Calculation.Result result = new Calculation(expression, Map.of(), scale, rounding, false).result();

        assertThat(result.value()).isEqualTo(value);
        assertThat(result.exact()).isEqualTo(exact);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1+2*3             | 1 + 2 * 3
            ((1+2))*(3)       | (1 + 2) * 3
            1-(2-3)           | 1 - (2 - 3)
            (1-2)-3           | 1 - 2 - 3
            (2^3)^2           | (2 ^ 3) ^ 2
            2^(3^2)           | 2 ^ 3 ^ 2
            (-2)^2            | (-2) ^ 2
            -(2^2)            | -2 ^ 2
            -(a+b)            | -(a + b)
            2*(-3)            | 2 * -3
            1.50e1            | 15
            1e-299            | 1e-299
            125e200 + .5      | 125e200 + 0.5
            Sum( 1,2 ,a )     | sum(1, 2, a)
            1==2              | 1 = 2
            """)
    void isWrittenInOneWay(String expression, String canonical) {
        Expression tree = ExpressionParser.parse(expression);

        assertThat(tree.canonical()).isEqualTo(canonical);
        assertThat(ExpressionParser.parse(canonical).canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""             | syntax               | 0
            1 +            | syntax               | 3
            1 + * 2        | syntax               | 4
            (1 + 2         | syntax               | 0
            1 + 2)         | syntax               | 5
            1 2            | syntax               | 2
            2x             | syntax               | 1
            1 $ 2          | syntax               | 2
            .              | syntax               | 0
            1..2           | syntax               | 2
            !              | syntax               | 0
            sum(1,)        | syntax               | 6
            1 + total      | unknown-name         | 4
            2 * foo(1)     | unknown-function     | 4
            1 + sqrt()     | wrong-argument-count | 4
            if(1 < 2, 1)   | wrong-argument-count | 0
            1 + (2 < 3)    | type-mismatch        | 2
            -(2 < 3)       | type-mismatch        | 0
            if(1, 2, 3)    | type-mismatch        | 3
            sum(1, 2 > 1)  | type-mismatch        | 9
            1 / (2 - 2)    | division-by-zero     | 2
            5 % 0          | division-by-zero     | 2
            0 ^ -1         | division-by-zero     | 2
            sqrt(1 - 2)    | negative-root        | 0
            2 ^ 0.5        | exponent-not-whole   | 2
            round(1, 101)  | out-of-range         | 0
            round(1, 0.5)  | out-of-range         | 0
            9^9^9          | too-large            | 1
            2^4096         | too-large            | 1
            1e301          | too-many-digits      | 0
            1e99999999999  | too-many-digits      | 0
            """)
    void saysWhatIsWrongAndWhere(String expression, String code, int at) {
        Fault fault = fault(expression);

        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.at()).isEqualTo(at);
        assertThat(fault.detail()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "2", "-0.5", "7/3", "-7/3"})
    void powersOfWhatIsNotOneGrow(String base) {
        String power = calculation("(" + base + ") ^ 3 - (" + base + ") * (" + base + ") * (" + base + ")", null)
                .result()
                .value();

        assertThat(power).isEqualTo("0");
    }

    @Test
    void aLongNumberCostsMuchHoweverShortTheOtherIs() {
        assertThat(fault("1 / 7^700 * 11^500" + " + 1".repeat(480)).code()).isEqualTo("too-costly");
    }

    @Test
    void whatIsHostileIsRefused() {
        Map<String, String> hostile = Map.of(
                "(".repeat(4_000),
                "too-deep",
                "-".repeat(4_000) + "1",
                "too-deep",
                "2^".repeat(2_000) + "2",
                "too-deep",
                "9".repeat(4_000),
                "too-many-digits",
                "1+".repeat(2_000) + "1",
                "too-long",
                "x".repeat(5_001),
                "too-long",
                product("(2^2000 / 3^1000)"),
                "too-large",
                "sum(" + "sqrt(2),".repeat(200) + "1)",
                "too-costly",
                remainders(),
                "too-costly");
        hostile.forEach((expression, code) ->
                assertThat(fault(expression).code()).as(expression).isEqualTo(code));
    }

    private static String product(String factor) {
        return factor + (" * " + factor).repeat(100);
    }

    /// The largest numbers that are worked with, over and over.
    private static String remainders() {
        return "0" + " + 7^1400 % 3^2500".repeat(60);
    }

    private static Calculation calculation(String expression, @Nullable Integer scale) {
        return new Calculation(expression, VARIABLES, scale, RoundingMode.HALF_UP, false);
    }

    private static Fault fault(String expression) {
        return catchThrowableOfType(
                Fault.class, () -> calculation(expression, null).result());
    }
}
