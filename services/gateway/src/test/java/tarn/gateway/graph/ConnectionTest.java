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
        Connection<String> page = Connection.of(Connection.CursorPosition.of(null), List.of("a", "b"), "next");

        assertThat(Connection.CursorPosition.of(page.edges().getFirst().cursor()))
                .isEqualTo(new Connection.CursorPosition(null, 1));
        assertThat(Connection.CursorPosition.of(page.pageInfo().endCursor()))
                .isEqualTo(new Connection.CursorPosition("next", 0));
    }

    @Test
    void behindTheLastOfAFullPageOneCanGoOnWhenMoreHasCome() {
        String end = Connection.of(Connection.CursorPosition.of(null), FULL, null)
                .pageInfo()
                .endCursor();

        Connection.CursorPosition place = Connection.CursorPosition.of(end);
        Connection<Integer> nothing = Connection.of(place, FULL, null);
        Connection<Integer> more = Connection.of(place, FULL, "next");

        assertThat(nothing.nodes()).isEmpty();
        assertThat(nothing.pageInfo().hasNextPage()).isFalse();
        assertThat(nothing.pageInfo().endCursor()).isNull();
        assertThat(more.nodes()).isEmpty();
        assertThat(more.pageInfo().hasNextPage()).isTrue();
        assertThat(Connection.CursorPosition.of(more.pageInfo().endCursor()))
                .isEqualTo(new Connection.CursorPosition("next", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "-1 ", "101 ", "many ", "99999999999 "})
    void aForeignCursorIsRefused(String text) {
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Connection.CursorPosition.of(cursor)).isInstanceOf(ServiceProblemException.class);
    }
}
