package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PositionTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121, -7})
    void keepsTheOrderWhereverItIsInserted(long seed) {
        Random random = new Random(seed);
        List<Position> all = new ArrayList<>();

        for (int i = 0; i < 3_000; i++) {
            int place = random.nextInt(all.size() + 1);
            Position lower = place == 0 ? null : all.get(place - 1);
            Position upper = place == all.size() ? null : all.get(place);
            all.add(
                    place,
                    lower != null && upper == null ? Position.atEnd(lower, random) : Position.between(lower, upper));
        }

        assertThat(all).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
        assertThat(all).allMatch(position -> position.key().length() < 40);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thereIsAlwaysRoomBesideTheSameOne(boolean above) {
        Position lower = new Position("V00000V");
        Position upper = new Position("V00001V");

        for (int i = 0; i < 1_000; i++) {
            Position middle = Position.between(lower, upper);
            assertThat(middle).isGreaterThan(lower).isLessThan(upper);
            if (above) {
                lower = middle;
            } else {
                upper = middle;
            }
        }

        assertThat(upper.key().length()).isLessThan(250);
    }

    @ParameterizedTest
    @CsvSource({"a,b", "a,a1", "a,a01", "az,b", "azzz,b", "a,aa", "A9,AA", "V00000V,V00000W", "a1,a10001"})
    void fitsBetweenTheNearest(String lower, String upper) {
        Position middle = Position.between(new Position(lower), new Position(upper));

        assertThat(middle).isGreaterThan(new Position(lower)).isLessThan(new Position(upper));
        assertThat(middle.key()).doesNotEndWith("0");
    }

    @Test
    void appendingKeepsKeysShort() {
        Random random = new Random(3);
        List<Position> all = new ArrayList<>();
        Position last = null;

        for (int i = 0; i < 10_000; i++) {
            last = i % 2 == 0 ? Position.atEnd(last, random) : Position.between(last, null);
            all.add(last);
        }

        assertThat(all)
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(position -> position.key().length() <= 10);
    }

    @Test
    void thereIsRoomBeforeTheFirst() {
        Position first = Position.between(null, null);

        for (int i = 0; i < 10_000; i++) {
            Position before = Position.between(null, first);
            assertThat(before).isLessThan(first);
            first = before;
        }

        assertThat(first.key()).hasSize(7);
    }

    @Test
    void twoThatAppendAtOnceComeApart() {
        Position last = Position.between(null, null);
        Random random = new Random(4);

        assertThat(Position.atEnd(last, random))
                .isNotEqualTo(Position.atEnd(last, random))
                .isGreaterThan(last);
    }

    @Test
    void aSequenceIsInOrder() {
        assertThat(Position.sequence(5_000)).hasSize(5_000).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a-"})
    void refusesOtherDigits(String key) {
        assertThatThrownBy(() -> new Position(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsBetweenWhatIsNotInOrder() {
        Position one = new Position("b");

        assertThatThrownBy(() -> Position.between(one, one)).isInstanceOf(IllegalArgumentException.class);
    }
}
