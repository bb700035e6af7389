package tarn.gateway.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionTest {

    private static final List<Integer> FULL =
            IntStream.range(0, Connection.MAX_NODES).boxed().toList();

    @Test
    void aCursorLeadsBehindItsItem() {
        Connection<String> page = Connection.of(Connection.Place.of(null), List.of("a", "b"), "next");

        assertThat(Connection.Place.of(page.edges().getFirst().cursor())).isEqualTo(new Connection.Place(null, 1));
        assertThat(Connection.Place.of(page.pageInfo().endCursor())).isEqualTo(new Connection.Place("next", 0));
    }

    @Test
    void behindTheLastOfAFullPageOneCanGoOnWhenMoreHasCome() {
        String end =
                Connection.of(Connection.Place.of(null), FULL, null).pageInfo().endCursor();

        Connection.Place place = Connection.Place.of(end);
        Connection<Integer> nothing = Connection.of(place, FULL, null);
        Connection<Integer> more = Connection.of(place, FULL, "next");

        assertThat(nothing.nodes()).isEmpty();
        assertThat(nothing.pageInfo().hasNextPage()).isFalse();
        assertThat(nothing.pageInfo().endCursor()).isNull();
        assertThat(more.nodes()).isEmpty();
        assertThat(more.pageInfo().hasNextPage()).isTrue();
        assertThat(Connection.Place.of(more.pageInfo().endCursor())).isEqualTo(new Connection.Place("next", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "-1 ", "101 ", "many ", "99999999999 "})
    void aForeignCursorIsRefused(String text) {
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Connection.Place.of(cursor)).isInstanceOf(Refused.class);
    }
}
