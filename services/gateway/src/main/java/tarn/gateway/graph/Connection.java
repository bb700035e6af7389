package tarn.gateway.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Relay connection built from a page of a service's batch read.
///
/// The cursor behind a node is a keyset of the service, as in REST: paging on after a change
/// neither skips nor repeats a node.
record Connection<T>(List<Connection.Edge<T>> edges, Connection.PageInfo pageInfo) {

    /// Largest page.
    static final int MAX_NODES = 100;

    record Edge<T>(String cursor, T node) {}

    record PageInfo(
            boolean hasNextPage,
            boolean hasPreviousPage,
            @Nullable String startCursor,
            @Nullable String endCursor) {}

    /// @param after the cursor behind which the page begins; null at the beginning of the list
    /// @param cursors the cursor behind each of the items
    /// @param next the cursor behind the page; null at the end of the list
    static <T> Connection<T> of(@Nullable String after, List<T> items, List<String> cursors, @Nullable String next) {
        List<Edge<T>> edges = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            edges.add(new Edge<>(cursors.get(i), items.get(i)));
        }
        return new Connection<>(
                edges,
                new PageInfo(
                        next != null,
                        after != null,
                        edges.isEmpty() ? null : edges.getFirst().cursor(),
                        next != null || edges.isEmpty() ? next : edges.getLast().cursor()));
    }

    List<T> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    /// The fields by name.
    Map<String, Object> fields() {
        return Map.of("edges", edges, "nodes", nodes(), "pageInfo", pageInfo);
    }
}
