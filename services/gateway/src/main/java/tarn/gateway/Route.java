package tarn.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tarn.catalogue.Catalogue;

/// Maps a path to its target and to a template for logs and metrics.
///
/// @param target who responds
/// @param service the target service; empty for other targets
/// @param template the path with ids as `{id}` and unknown segments as `{other}`, which keeps
/// secrets out of logs and the number of labels small
record Route(Target target, String service, String template) {

    /// Where a request goes.
    enum Target {
        /// A service's public API.
        SERVICE,
        /// Internal operations, for services only.
        INTERNAL,
        /// Whether this is alive and ready.
        HEALTH,
        /// Files: the web app, the documentation, the contract.
        FILES,
        /// Nothing that exists.
        NOTHING
    }

    /// First path segment after `/api/` to the service that responds.
    private static final Map<String, String> API = api();

    /// Path segments that may be logged.
    private static final Set<String> WORDS = Set.of(
            "acceptance",
            "batch",
            "calculation",
            "completion",
            "current",
            "deletion",
            "labels",
            "me",
            "members",
            "offer",
            "operations",
            "password",
            "position",
            "preview",
            "publication",
            "refresh",
            "renderings",
            "restoration",
            "sections",
            "sums",
            "threads",
            "versions");

    private static final Route ROOT = new Route(Target.FILES, "", "/");
    private static final Route DOCS = new Route(Target.FILES, "", "/docs");
    private static final Route ASSETS = new Route(Target.FILES, "", "/assets/{file}");
    private static final Route CONTRACT = new Route(Target.FILES, "", "/openapi.yaml");
    private static final Route SCHEMA = new Route(Target.FILES, "", "/schema.graphqls");
    private static final Route OTHER = new Route(Target.FILES, "", "/{other}");
    private static final Route KEYS = new Route(Target.SERVICE, "identity", "/.well-known/jwks.json");
    private static final Route GRAPH = new Route(Target.SERVICE, "gateway", "/graphql");
    private static final Route SEARCH = new Route(Target.SERVICE, "gateway", "/api/search");
    private static final Route INTERNAL = new Route(Target.INTERNAL, "", "/internal");
    private static final Route NO_API = new Route(Target.NOTHING, "", "/api/{other}");

    /// @param path normalised: without dot segments and needless encoding
    static Route to(String path) {
        return switch (path) {
            case "/" -> ROOT;
            case "/health", "/health/live", "/health/ready" -> new Route(Target.HEALTH, "", path);
            case "/.well-known/jwks.json" -> KEYS;
            case "/openapi.yaml" -> CONTRACT;
            case "/schema.graphqls" -> SCHEMA;
            case "/graphql" -> GRAPH;
            case "/api/search" -> SEARCH;
            case "/docs", "/internal", "/api" -> below(path + '/');
            default -> below(path);
        };
    }

    /// Whether the operation is public, so that an expired credential is ignored.
    boolean open(String method) {
        return switch (template) {
            case "/api/users",
                    "/api/sessions",
                    "/api/sessions/refresh",
                    "/api/invitations/offer",
                    "/api/password-resets",
                    "/api/password-resets/preview" -> method.equals("POST");
            case "/api/registration" -> method.equals("GET") || method.equals("HEAD");
            case "/.well-known/jwks.json" -> true;
            default -> false;
        };
    }

    /// Whether a password is hashed for an operation that needs no credential, which takes tens of
    /// milliseconds of a core.
    boolean hashesPassword(String method) {
        return switch (template) {
            case "/api/users", "/api/sessions", "/api/password-resets" -> method.equals("POST");
            default -> false;
        };
    }

    /// Whether the response of a read does not end by itself.
    boolean isStream() {
        return template.equals("/api/live");
    }

    private static Map<String, String> api() {
        Map<String, String> api = new HashMap<>();
        Catalogue.ALL.services().forEach(service -> service.paths().forEach(word -> api.put(word, service.name())));
        return Map.copyOf(api);
    }

    private static Route below(String path) {
        if (path.startsWith("/api/")) {
            return api(path);
        }
        if (path.startsWith("/internal/")) {
            return INTERNAL;
        }
        if (path.startsWith("/docs/")) {
            return DOCS;
        }
        return path.startsWith("/assets/") ? ASSETS : OTHER;
    }

    private static Route api(String path) {
        int end = path.indexOf('/', 5);
        String word = end < 0 ? path.substring(5) : path.substring(5, end);
        String service = API.get(word);
        if (service == null) {
            return NO_API;
        }
        return new Route(Target.SERVICE, service, end < 0 ? path : template(path, end));
    }

    private static String template(String path, int begin) {
        StringBuilder template = new StringBuilder(path.length()).append(path, 0, begin);
        int from = begin;
        while (from >= 0 && template.length() < 200) {
            int to = path.indexOf('/', from + 1);
            String segment = to < 0 ? path.substring(from + 1) : path.substring(from + 1, to);
            template.append('/');
            if (WORDS.contains(segment)) {
                template.append(segment);
            } else if (!segment.isEmpty()) {
                template.append(looksLikeId(segment) ? "{id}" : "{other}");
            }
            from = to;
        }
        return template.toString();
    }

    private static boolean looksLikeId(String segment) {
        if (segment.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? segment.charAt(i) != '-' : Character.digit(segment.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
