package tarn.gateway.graph;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// A Relay connection built from a page of REST.
///
/// REST gives only the cursor after its last item; a cursor within the page is the page's start and
/// a number of items to skip.
record Connection<T>(List<Connection.Edge<T>> edges, Connection.PageInfo pageInfo) {

    /// Largest page.
    static final int MAX_NODES = 100;

    record Edge<T>(String cursor, T node) {}

    record PageInfo(
            boolean hasNextPage,
            boolean hasPreviousPage,
            @Nullable String startCursor,
            @Nullable String endCursor) {}

    /// A position in a list.
    ///
    /// @param page REST's cursor; null for the start
    /// @param skip number of items to skip
    record CursorPosition(@Nullable String page, int skip) {

        private static final CursorPosition BEGINNING = new CursorPosition(null, 0);

        static CursorPosition of(@Nullable String cursor) {
            if (cursor == null) {
                return BEGINNING;
            }
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                int end = text.indexOf(' ');
                int skip = Integer.parseInt(text.substring(0, end));
                if (skip < 0 || skip > MAX_NODES) {
                    throw foreign();
                }
                String page = text.substring(end + 1);
                return new CursorPosition(page.isEmpty() ? null : page, skip);
            } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
                throw foreign();
            }
        }

        private static ServiceProblemException foreign() {
            return ServiceProblemException.of(
                    new Refusal.Malformed("invalid", "The cursor is none that this list has given."));
        }

        String cursor() {
            String text = skip + " " + (page == null ? "" : page);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// REST's limit that leaves `first` items after skipping.
    static int limit(CursorPosition place, int first) {
        return Math.min(MAX_NODES, place.skip() + first);
    }

    /// @param items of REST's page, including those to skip
    /// @param next the cursor after them; null at the end of the list
    static <T> Connection<T> of(CursorPosition place, List<T> items, @Nullable String next) {
        CursorPosition end =
                next == null ? new CursorPosition(place.page(), items.size()) : new CursorPosition(next, 0);
        List<Edge<T>> edges = new ArrayList<>();
        for (int i = place.skip(); i < items.size(); i++) {
            boolean last = i == items.size() - 1;
            CursorPosition behind = last ? end : new CursorPosition(place.page(), i + 1);
            edges.add(new Edge<>(behind.cursor(), items.get(i)));
        }
        // Behind a full page that was the last when it was given there may be more by now.
        boolean nothing = edges.isEmpty() && next == null;
        return new Connection<>(
                edges,
                new PageInfo(
                        next != null,
                        place.page() != null || place.skip() > 0,
                        edges.isEmpty() ? null : edges.getFirst().cursor(),
                        nothing ? null : end.cursor()));
    }

    List<T> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    /// The fields by name.
    Map<String, Object> fields() {
        return Map.of("edges", edges, "nodes", nodes(), "pageInfo", pageInfo);
    }
}
