package tarn.tasks;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tarn.testing.HouseRules;

final class TasksHouseTest {

    @TestFactory
    Stream<DynamicTest> tasks() {
        return HouseRules.of("tarn.tasks").tests();
    }
}
