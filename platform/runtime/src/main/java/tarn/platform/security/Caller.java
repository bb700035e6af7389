package tarn.platform.security;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import tarn.catalogue.Catalogue;
import tarn.platform.TimeZones;

/// Who is asking, as a verified access token says.
///
/// @param id the user, or the nil UUID for a service
/// @param kind by which credential
/// @param credential the session or personal access token behind it, which can be revoked
/// @param scopes what a personal access token is limited to; empty for sessions and services
/// @param administrator whether the user administers this Tarn
/// @param name of the service that asks, for itself or on behalf of the user; empty for a user alone
/// @param expiresAt when the access token ends
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

    /// By which credential a user asks.
    public enum Kind {
        /// A user who has signed in.
        SESSION,
        /// A program with a user's personal access token.
        TOKEN,
        /// One of Tarn's own services.
        SERVICE
    }

    /// What may be asked for with a personal access token.
    public static final Set<String> SCOPES = Set.copyOf(Catalogue.ALL.scopes());

    /// Whose idempotency keys this caller's are: a user alone has their own (the id, a UUID of version 7), a service
    /// has its own, and others on behalf of each user (UUIDs of version 3).
    public UUID keyHolder() {
        return name.isEmpty()
                ? id
                : UUID.nameUUIDFromBytes(("service:" + name + '/' + id).getBytes(StandardCharsets.UTF_8));
    }

    /// The user for whom a service asks.
    Caller representedBy(Caller service) {
        return new Caller(id, kind, credential, scopes, administrator, service.name, expiresAt, timeZone);
    }

    /// The roles that endpoints ask for: a session has every scope and `session`, a token its scopes,
    /// a service only `service:<name>`.
    Set<String> roles() {
        return switch (kind) {
            case SESSION -> {
                Set<String> roles = new HashSet<>(SCOPES);
                roles.add("session");
                if (administrator) {
                    roles.add("administrator");
                }
                yield roles;
            }
            case TOKEN -> scopes;
            case SERVICE -> Set.of("service:" + name);
        };
    }
}
