package tarn.gateway;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tarn.testing.HouseRules;

final class GatewayHouseTest {

    @TestFactory
    Stream<DynamicTest> gateway() {
        return HouseRules.of("tarn.gateway").tests();
    }
}
