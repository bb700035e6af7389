package tarn.gateway.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Relay connection built from a page of a service's batch read.
///
/// The cursor behind a node is a keyset of the service, as in REST: paging on after a change neither skips nor
/// repeats a node.
record Connection(List<Connection.Edge> edges, Connection.PageInfo pageInfo) {

    /// Largest page.
    static final int MAX_NODES = 100;

    record Edge(String cursor, JsonNode node) {}

    record PageInfo(
            boolean hasNextPage,
            boolean hasPreviousPage,
            @Nullable String startCursor,
            @Nullable String endCursor) {}

    /// @param after the cursor behind which the page begins; null at the beginning of the list
    /// @param page its `items`, the `cursors` behind each of them, and `nextCursor`, null at the end of the list
    static Connection of(@Nullable String after, JsonNode page) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < page.path("items").size(); i++) {
            edges.add(new Edge(
                    page.path("cursors").path(i).asText(), page.path("items").path(i)));
        }
        String next = page.path("nextCursor").textValue();
        return new Connection(
                edges,
                new PageInfo(
                        next != null,
                        after != null,
                        edges.isEmpty() ? null : edges.getFirst().cursor(),
                        next != null || edges.isEmpty() ? next : edges.getLast().cursor()));
    }

    List<JsonNode> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    /// The fields by name.
    Map<String, Object> fields() {
        return Map.of("edges", edges, "nodes", nodes(), "pageInfo", pageInfo);
    }
}
