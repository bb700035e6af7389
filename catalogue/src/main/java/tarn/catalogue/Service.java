package tarn.catalogue;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A service, as all others have to know it.
///
/// @param name its folder below `services/`, its settings `TARN_<NAME>_…` and the stem of its database roles
/// @param hasSchema whether it has a schema in the database, which has its name
/// @param paths the first words after `/api/` of its public operations
/// @param scopes what a personal access token may be limited to that concerns this service
/// @param callers the services that may call its internal operations
/// @param consumer the name under which it reads other services' events; null when it reads none
/// @param optional whether it may be left out
public record Service(
        String name,
        boolean hasSchema,
        Set<String> paths,
        Set<String> scopes,
        Set<String> callers,
        @Nullable String consumer,
        boolean optional) {

    /// A service that stores nothing, answers nothing, is called by nobody and is always needed.
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

    Service leftOutAtWill() {
        return new Service(name, hasSchema, paths, scopes, callers, consumer, true);
    }
}
