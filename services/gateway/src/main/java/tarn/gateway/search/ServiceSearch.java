package tarn.gateway.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Refusal;
import tarn.platform.search.MatchedText;
import tarn.platform.search.SearchQuery;
import tarn.platform.service.Call;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.Routes;
import tarn.platform.service.ServiceClient;

/// Asks tasks for projects and tasks, posts (where it is installed) for posts, and identity's list
/// of users for users, each on the caller's behalf.
@Singleton
final class ServiceSearch {

    private static final int MAX_NAME = 200;

    /// UTF-16 units that a search for users takes.
    private static final int MAX_USER_TEXT = 254;

    /// What is searched for.
    ///
    /// @param in a project; null for everywhere
    /// @param limit of each kind
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Asked(String text, @Nullable UUID in, int limit) {}

    /// A service that is asked for one caller.
    ///
    /// @param scope required of the caller's credential
    /// @param hasProjects whether what it keeps is in projects
    /// @param kinds of what it finds: names of groups in its answer
    record SearchedService(String scope, boolean hasProjects, List<String> kinds, Search search) {

        /// @throws Refusal.Unavailable when the service does not respond
        JsonNode find(Asked asked) {
            return search.find(asked);
        }
    }

    @FunctionalInterface
    interface Search {
        JsonNode find(Asked asked);
    }

    private final ServiceClient services;
    private final Routes routes;
    private final ObjectMapper mapper;

    ServiceSearch(ServiceClient services, Routes routes, ObjectMapper mapper) {
        this.services = services;
        this.routes = routes;
        this.mapper = mapper;
    }

    /// The services of this installation; called by the thread that serves the request, whose
    /// deadline and id the calls pass on.
    ///
    /// @param authorization of the caller
    List<SearchedService> by(String authorization) {
        List<SearchedService> all = new ArrayList<>();
        all.add(inProjects(Catalogue.TASKS, List.of("projects", "tasks"), authorization));
        if (!routes.leftOut().contains(Catalogue.POSTS)) {
            all.add(inProjects(Catalogue.POSTS, List.of(Catalogue.POSTS), authorization));
        }
        Call users = services.to(Catalogue.IDENTITY).as(authorization).within(CallTimeout.NEEDED);
        all.add(new SearchedService("users:read", false, List.of("users"), asked -> users(users, asked)));
        return all;
    }

    private SearchedService inProjects(String service, List<String> kinds, String authorization) {
        Call call = services.to(service)
                .onBehalfOf(authorization)
                .within(CallTimeout.NEEDED)
                .repeatable();
        return new SearchedService(
                service + ":read",
                true,
                kinds,
                asked -> body(service, call.ask("POST", "/internal/" + service + "/search", asked)));
    }

    /// As the list of users finds them, for a text that has words.
    private JsonNode users(Call call, Asked asked) {
        SearchQuery query = SearchQuery.of(asked.text());
        List<Map<String, Object>> hits = new ArrayList<>();
        if (!query.isEmpty()) {
            String path = "/api/users?limit=" + asked.limit() + "&text="
                    + URLEncoder.encode(beginning(asked.text().strip()), StandardCharsets.UTF_8);
            for (JsonNode user :
                    body(Catalogue.IDENTITY, call.ask("GET", path, null)).path("items")) {
                String name = user.path("name").asText();
                hits.add(Map.of(
                        "id",
                        user.path("id"),
                        "title",
                        MatchedText.of(query, name, MAX_NAME).parts(),
                        "excerpt",
                        List.of()));
            }
        }
        return mapper.valueToTree(Map.of("users", Map.of("items", hits, "truncated", false)));
    }

    private static String beginning(String text) {
        int points = Math.min(text.codePointCount(0, text.length()), MAX_USER_TEXT / 2);
        return text.substring(0, text.offsetByCodePoints(0, points));
    }

    private static Refusal unavailable(String service) {
        return new Refusal.Unavailable("The " + service + " service does not respond.");
    }

    /// @throws Refusal.NotFound when the project is not the caller's
    private static JsonNode body(String service, Call.Answer answer) {
        if (answer.status() == 404) {
            throw new Refusal.NotFound("project");
        }
        if (!answer.isSuccessful()) {
            throw unavailable(service);
        }
        return answer.body();
    }
}
