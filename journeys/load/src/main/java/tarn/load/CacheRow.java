package tarn.load;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import tarn.testing.Api;

/// What the caches of a process save: requests that find nothing cached, and the same once more, by one
/// client, one after the other.
final class CacheRow {

    private static final int WARM_UPS = 4;
    private static final int REQUESTS = 300;

    /// As many as a user may have.
    private static final int TOKENS = 50;

    /// Longer than posts keeps what tasks has said.
    private static final Duration EXPIRY = Duration.ofMillis(3_500);

    private final URI server;
    private final String name;
    private final Api user;
    private final String accessToken;
    private String refreshToken;
    private final List<String> projects = new ArrayList<>();
    private int queries;

    /// @param session of the user, as it was created
    CacheRow(String name, URI server, Api.Answer session) {
        this.name = name;
        this.server = server;
        this.accessToken = session.at("/accessToken");
        this.refreshToken = session.at("/refreshToken");
        this.user = Api.at(server).bearer(accessToken);
    }

    void run() throws IOException {
        compare("a personal access token", this::personalTokens);
        compare("an access token", this::accessTokens);
        compare("a user's access to posts", this::posts);
        compare("a query of the graph", this::graph);
    }

    private void compare(String what, Supplier<List<byte[]>> unknown) throws IOException {
        for (int i = 0; i < WARM_UPS; i++) {
            List<byte[]> requests = unknown.get();
            median(requests);
            median(requests);
        }
        List<byte[]> requests = unknown.get();
        long first = median(requests);
        long again = median(requests);
        System.out.printf(
                Locale.ROOT,
                "%-16s %s: p50 %,d us when it is not cached, %,d us when it is%n",
                name,
                what,
                first,
                again);
    }

    private List<byte[]> personalTokens() {
        for (var token : user.get("/api/tokens?limit=100").json().path("items")) {
            user.delete("/api/tokens/" + token.path("id").asText());
        }
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            String secret = user.post("/api/tokens", Map.of("name", "cache " + i, "scopes", List.of("tasks:read")))
                    .at("/secret");
            requests.add(HttpLoad.request("GET", "/api/projects?limit=1", secret, ""));
        }
        return requests;
    }

    private List<byte[]> accessTokens() {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Api.Answer next = Api.at(server).post("/api/sessions/refresh", Map.of("refreshToken", refreshToken));
            refreshToken = next.at("/refreshToken");
            requests.add(HttpLoad.request("GET", "/api/projects?limit=1", next.at("/accessToken"), ""));
        }
        return requests;
    }

    private List<byte[]> posts() {
        while (projects.size() < REQUESTS) {
            projects.add(user.post("/api/projects", Map.of("name", "Cache")).at("/id"));
        }
        try {
            Thread.sleep(EXPIRY);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return projects.stream()
                .map(project -> HttpLoad.request("GET", "/api/posts?project=" + project, accessToken, ""))
                .toList();
    }

    private List<byte[]> graph() {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String query = "query Q" + queries++
                    + " { me { name } projects(first: 1) { nodes { name tasks(first: 1) { nodes { title } } } } }";
            requests.add(HttpLoad.request("POST", "/graphql", accessToken, "{\"query\":\"" + query + "\"}"));
        }
        return requests;
    }

    /// Of the times of the requests, in microseconds.
    private long median(List<byte[]> requests) throws IOException {
        Times times = new Times();
        try (Selector selector = Selector.open();
                HttpConnection connection = new HttpConnection(server)) {
            connection.register(selector, connection);
            for (byte[] request : requests) {
                connection.send(request);
                boolean whole = false;
                while (!whole) {
                    selector.select();
                    selector.selectedKeys().clear();
                    whole = connection.receive();
                }
                if (connection.answer().status() != 200) {
                    throw new IOException(connection.answer().text());
                }
                times.add(connection.time());
            }
        }
        return new Result(times.stream(), 1).quantile(0.50);
    }
}
