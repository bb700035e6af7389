package tarn.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.Invisible;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// A personal access token, with which a program acts for a user within scopes.
///
/// @param prefix first characters of the secret, by which its owner recognises it
/// @param scopes what it may be used for
/// @param expiresAt null for never
/// @param lastUsedAt to the minute; null for never
record PersonalToken(
        Id id,
        User.Id user,
        String name,
        List<String> scopes,
        String prefix,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    /// Prefix of every secret, by which secret scanners recognise it.
    static final String KIND = "tarn_pat_";

    /// Characters of a secret that are shown later.
    static final int SHOWN = KIND.length() + 4;

    /// Default lifetime.
    static final Duration USUAL = Duration.ofDays(365);

    /// Valid tokens per user.
    static final int MAX_PER_USER = 50;

    /// Longest lifetime.
    static final Duration MAX_LIFETIME = Duration.ofDays(3_660);

    /// How long an expired token stays listed.
    static final Duration LISTED = Duration.ofDays(30);

    /// Minimum interval between updates of the last use.
    static final Duration NOTED = Duration.ofMinutes(1);

    /// Identifies a token.
    public record Id(UUID value) {}

    /// @throws Refusal.Invalid when a scope is unknown or repeated, or the expiry is not in the
    /// future
    static PersonalToken create(
            Id id,
            User.Id user,
            String name,
            List<String> scopes,
            OpaqueSecret secret,
            Instant now,
            @Nullable Instant expiresAt) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < scopes.size(); i++) {
            if (!Caller.SCOPES.contains(scopes.get(i))) {
                throw invalid(
                        "/scopes/" + i,
                        "unknown-value",
                        "Must be one of: "
                                + String.join(
                                        ", ", Caller.SCOPES.stream().sorted().toList()) + ".");
            }
            if (!seen.add(scopes.get(i))) {
                throw invalid("/scopes/" + i, "invalid", "Is there twice.");
            }
        }
        if (expiresAt != null && (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(MAX_LIFETIME)))) {
            throw invalid("/expiresAt", "out-of-range", "Must be in the future, by ten years at most.");
        }
        String prefix = secret.value().value().substring(0, SHOWN);
        return new PersonalToken(
                id, user, Invisible.normalized(name), scopes.stream().sorted().toList(), prefix, now, expiresAt, null);
    }

    private static Refusal invalid(String pointer, String code, String detail) {
        return new Refusal.Invalid(List.of(new Problem.FieldError(pointer, code, detail)));
    }

    boolean isLive(Instant now) {
        return expiresAt == null || expiresAt.isAfter(now);
    }

    /// Whether the last use must be updated.
    boolean isUseNews(Instant now) {
        return lastUsedAt == null || !lastUsedAt.plus(NOTED).isAfter(now);
    }
}
