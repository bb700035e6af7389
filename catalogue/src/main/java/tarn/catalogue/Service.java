package tarn.catalogue;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A service with what all other parts of the system must know about it.
///
/// @param name its folder below `services/`, its settings `TARN_<NAME>_…` and the prefix of its
/// database roles
/// @param hasSchema whether it has a database schema of its name
/// @param paths first path segments after `/api/` of its public operations
/// @param scopes of personal access tokens for its operations
/// @param callers services that may call its internal operations
/// @param consumer name under which it consumes other services' events; null for none
/// @param optional whether an operator may exclude it
public record Service(
        String name,
        boolean hasSchema,
        Set<String> paths,
        Set<String> scopes,
        Set<String> callers,
        @Nullable String consumer,
        boolean optional) {

    /// A required service without schema, operations, scopes or callers.
    static Service named(String name) {
        return new Service(name, false, Set.of(), Set.of(), Set.of(), null, false);
    }

    Service withSchema() {
        return new Service(name, true, paths, scopes, callers, consumer, optional);
    }

    Service withPaths(String... words) {
        return new Service(name, hasSchema, Set.of(words), scopes, callers, consumer, optional);
    }

    Service withScopes(String... scopes) {
        return new Service(name, hasSchema, paths, Set.of(scopes), callers, consumer, optional);
    }

    Service calledBy(String... services) {
        return new Service(name, hasSchema, paths, scopes, Set.of(services), consumer, optional);
    }

    Service consumingAs(String consumer) {
        return new Service(name, hasSchema, paths, scopes, callers, consumer, optional);
    }

    Service asOptional() {
        return new Service(name, hasSchema, paths, scopes, callers, consumer, true);
    }
}
