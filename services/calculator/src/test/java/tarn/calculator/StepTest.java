package tarn.calculator;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StepTest {

    private static final Map<String, Rational> VARIABLES =
            Map.of("cups", Rational.of(new BigDecimal("3")), "price", Rational.of(new BigDecimal("0.125")));

    /// A part without operands as `text=value`, others as `text[operands]=value`.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                      | 7=7
            1 + 2 * 3              | 1=1 2=2 3=3 *[1, 2]=6 +[0, 3]=7
            (1 + 2) * 3            | 1=1 2=2 +[0, 1]=3 3=3 *[2, 3]=9
            2 ^ 3 ^ 2              | 2=2 3=3 2=2 ^[1, 2]=9 ^[0, 3]=512
            -2 ^ 2                 | 2=2 2=2 ^[0, 1]=4 -[2]=-4
            +-5                    | 5=5 -[0]=-5
            cups * price           | cups=3 price=0.125 *[0, 1]=0.375
            SUM(1, cups, 2)        | 1=1 cups=3 2=2 sum[0, 1, 2]=6
            0.50 + 1e2             | 0.5=0.5 100=100 +[0, 1]=100.5
            1 == 2                 | 1=1 2=2 =[0, 1]=false
            if(1 < 2, 3, 4 / 0)    | 1=1 2=2 <[0, 1]=true 3=3 4=? 0=? /[4, 5]=? if[2, 3, 6]=3
            if(cups > 5, price, 9) | cups=3 5=5 >[0, 1]=false price=? 9=9 if[2, 3, 4]=9
            """)
    void areThePartsInTheOrderOfTheirWorking(String expression, String steps) {
        assertThat(steps(expression).stream()
                        .map(step -> step.text()
                                + (step.operands().isEmpty() ? "" : step.operands())
                                + '='
                                + (step.value() == null ? "?" : step.value()))
                        .collect(joining(" ")))
                .isEqualTo(steps);
    }

    @Test
    void sayWhatTheyAreAndWhereTheyStand() {
        assertThat(steps("-cups +  sum(2)"))
                .extracting(Step::kind, Step::at)
                .map(Object::toString)
                .containsExactly("(VARIABLE, 1)", "(OPERATOR, 0)", "(NUMBER, 13)", "(FUNCTION, 9)", "(OPERATOR, 6)");
    }

    @Test
    void areOnlyThereWhenAskedFor() {
        Calculation.Result result = new Calculation("1 + 2", Map.of(), null, RoundingMode.HALF_UP, false).result();

        assertThat(result.steps()).isNull();
    }

    @Test
    void areOfFullLengthWhereTheResultIsRounded() {
        Calculation.Result result = new Calculation("price * 1", VARIABLES, 2, RoundingMode.DOWN, true).result();

        assertThat(result.value()).isEqualTo("0.12");
        assertThat(requireNonNull(result.steps()).getLast().value()).isEqualTo("0.125");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 / 3             | 0.3333333333333333333333333333333333       | false
            sqrt(2)           | 1.414213562373095048801688724209698        | false
            sqrt(2) < 2       | true                                       | false
            10 ^ 299          | 1{0*299}                                   | true
            10 ^ -300         | 0.{0*299}1                                 | true
            10 ^ 300          | 1e300                                      | true
            -10 ^ -301        | -1e-301                                    | true
            10 ^ 300 + 1      | 1e300                                      | false
            3 ^ 1000 / 10     | 1.322070819480806636890455259752144e476    | false
            2 ^ -2000         | 8.709809816217216675576195494778872e-603   | false
            5 ^ -400          | 2.582249878086908589655919172003012e-280   | false
            """)
    void staySmall(String expression, String value, boolean exact) {
        Step whole = steps(expression).getLast();

        assertThat(whole.value()).isEqualTo(value.replace("{0*299}", "0".repeat(299)));
        assertThat(whole.exact()).isEqualTo(exact);
    }

    @Test
    void ofAChainAreAsManyAsItHasParts() {
        List<Step> steps = steps("1" + "+1".repeat(499));

        assertThat(steps).hasSize(999);
        assertThat(steps.getLast().value()).isEqualTo("500");
        assertThat(steps.getLast().operands()).containsExactly(996, 997);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(10^298 + 1) / 2", "7^1400", "1 / 5^800", "-1 / 3^1200"})
    void areNeverLong(String huge) {
        List<Step> steps = steps(huge + " + 1".repeat(50));

        assertThat(steps)
                .allSatisfy(step -> assertThat(requireNonNull(step.value()))
                        .hasSizeLessThanOrEqualTo(Step.MAX_DIGITS + "-0.".length()));
    }

    private static List<Step> steps(String expression) {
        return requireNonNull(new Calculation(expression, VARIABLES, null, RoundingMode.HALF_UP, true)
                .result()
                .steps());
    }
}
