package tarn.posts;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tarn.testing.HouseRules;

final class PostsHouseTest {

    @TestFactory
    Stream<DynamicTest> posts() {
        return HouseRules.of("tarn.posts").tests();
    }
}
