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

/// What a program uses in a user's name: a personal access token.
///
/// @param prefix how the secret begins, so that its owner can tell it from others
/// @param scopes what it may be used for
/// @param expiresAt null when never
/// @param lastUsedAt to the minute; null when never
record PersonalToken(
        Id id,
        User.Id user,
        String name,
        List<String> scopes,
        String prefix,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    /// How every secret begins, so that scanners for leaked secrets know it.
    static final String KIND = "tarn_pat_";

    /// How much of a secret is shown afterwards.
    static final int SHOWN = KIND.length() + 4;

    /// How long it lasts unless it is said otherwise.
    static final Duration USUAL = Duration.ofDays(365);

    /// How many a user can have at once, those expired not counted.
    static final int MAX_PER_USER = 50;

    /// The furthest end that can be asked for.
    static final Duration MAX_LIFETIME = Duration.ofDays(3_660);

    /// How long one that has expired is still listed.
    static final Duration LISTED = Duration.ofDays(30);

    /// Use is noted at most this often.
    static final Duration NOTED = Duration.ofMinutes(1);

    /// Names one token.
    public record Id(UUID value) {}

    /// @throws Refusal.Invalid when a scope is unknown or doubled, or the end is not ahead
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
            throw invalid("/expiresAt", "out-of-range", "Must be ahead, by ten years at most.");
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

    /// Whether its use has to be noted.
    boolean isUseNews(Instant now) {
        return lastUsedAt == null || !lastUsedAt.plus(NOTED).isAfter(now);
    }
}
