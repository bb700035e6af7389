package tarn.platform.security;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import tarn.catalogue.Catalogue;
import tarn.platform.TimeZones;

/// The authenticated user or service of a request, from a verified access token.
///
/// @param id the user, or the nil UUID for a service
/// @param kind of credential
/// @param credential the revocable session or personal access token behind the access token
/// @param scopes of a personal access token; empty for sessions and services
/// @param administrator whether the user administers this installation
/// @param name of the calling service, for itself or on behalf of the user; empty for a user alone
/// @param expiresAt of the access token
/// @param timeZone of the user's account; UTC for a service
public record Caller(
        UUID id,
        Kind kind,
        UUID credential,
        Set<String> scopes,
        boolean administrator,
        String name,
        Instant expiresAt,
        ZoneId timeZone) {

    /// A caller whose time zone is UTC.
    public Caller(
            UUID id,
            Kind kind,
            UUID credential,
            Set<String> scopes,
            boolean administrator,
            String name,
            Instant expiresAt) {
        this(id, kind, credential, scopes, administrator, name, expiresAt, TimeZones.UTC);
    }

    /// The kind of credential.
    public enum Kind {
        /// A signed-in user.
        SESSION,
        /// A program with a user's personal access token.
        TOKEN,
        /// One of this installation's services.
        SERVICE
    }

    /// The scopes a personal access token can have.
    public static final Set<String> SCOPES = Set.copyOf(Catalogue.ALL.scopes());

    /// Whether an administrator asks in a session; a token has none of an administrator's rights.
    public boolean administers() {
        return kind == Kind.SESSION && administrator;
    }

    /// The namespace of the caller's idempotency keys: a user's id (UUID version 7), or a hash
    /// (version 3) of the calling service and the user.
    public UUID keyHolder() {
        return name.isEmpty()
                ? id
                : UUID.nameUUIDFromBytes(("service:" + name + '/' + id).getBytes(StandardCharsets.UTF_8));
    }

    /// The user with the name of the service that calls on the user's behalf.
    Caller representedBy(Caller service) {
        return new Caller(id, kind, credential, scopes, administrator, service.name, expiresAt, timeZone);
    }

    /// Roles for `@RolesAllowed`: a session has every scope and `session`, a token its scopes, a
    /// service only `service:<name>`.
    Set<String> roles() {
        return switch (kind) {
            case SESSION -> {
                Set<String> roles = new HashSet<>(SCOPES);
                roles.add("session");
                if (administers()) {
                    roles.add("administrator");
                }
                yield roles;
            }
            case TOKEN -> scopes;
            case SERVICE -> Set.of("service:" + name);
        };
    }
}
