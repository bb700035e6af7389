package tarn.identity;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tarn.testing.HouseRules;

final class IdentityHouseTest {

    @TestFactory
    Stream<DynamicTest> identity() {
        return HouseRules.of("tarn.identity").tests();
    }
}
