package tarn.calculator;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tarn.testing.HouseRules;

final class CalculatorHouseTest {

    @TestFactory
    Stream<DynamicTest> calculator() {
        return HouseRules.of("tarn.calculator").tests();
    }
}
