package tarn.worker;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tarn.testing.HouseRules;

final class WorkerHouseTest {

    @TestFactory
    Stream<DynamicTest> worker() {
        return HouseRules.of("tarn.worker").tests();
    }
}
