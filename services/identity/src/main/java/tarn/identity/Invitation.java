package tarn.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

/// A link by which a user lets others in: to Tarn, and to one project if it names one.
///
/// @param createdBy whose right to invite it depends on
/// @param project null for Tarn alone
/// @param role in the project; null exactly when there is none
/// @param maxUses how many users it may let in, 1 to 1,000
/// @param uses how many it has let in
/// @param revokedAt null while it has not been taken back
record Invitation(
        Id id,
        User.Id createdBy,
        @Nullable UUID project,
        @Nullable MemberRole role,
        int maxUses,
        int uses,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {

    /// How every secret begins, so that scanners for leaked secrets know it.
    static final String PREFIX = "tarn_inv_";

    /// How many users one can let in at most.
    static final int MAX_USES = 1_000;

    /// How many live ones a user can have.
    static final int MAX_PER_USER = 100;

    /// How long it lasts unless another end is chosen.
    static final Duration DEFAULT_LIFETIME = Duration.ofDays(7);

    /// The furthest end that can be chosen.
    static final Duration MAX_LIFETIME = Duration.ofDays(366);

    /// How long one that has ended is still listed.
    static final Duration LISTED = Duration.ofDays(30);

    /// Names one invitation.
    public record Id(UUID value) {}

    /// What a member of a project may do; each may do what those before may.
    public enum MemberRole {
        VIEWER,
        EDITOR,
        OWNER
    }

    /// @throws Refusal.Invalid when only one of project and role is given, or the end is not ahead
    static Invitation create(
            Id id,
            User.Id creator,
            @Nullable UUID project,
            @Nullable MemberRole role,
            int maxUses,
            @Nullable Instant expiresAt,
            Instant now) {
        if ((project == null) != (role == null)) {
            throw invalid("/role", "invalid", "Give a role with a project, and only then.");
        }
        Instant end = expiresAt == null ? now.plus(DEFAULT_LIFETIME) : expiresAt;
        if (!end.isAfter(now) || end.isAfter(now.plus(MAX_LIFETIME))) {
            throw invalid("/expiresAt", "out-of-range", "Must be ahead, by a year at most.");
        }
        return new Invitation(id, creator, project, role, maxUses, 0, now, end, null);
    }

    private static Refusal invalid(String pointer, String code, String detail) {
        return new Refusal.Invalid(List.of(new Problem.FieldError(pointer, code, detail)));
    }

    /// Whether it can let one more user in.
    boolean isLive(Instant now) {
        return revokedAt == null && expiresAt.isAfter(now) && uses < maxUses;
    }

    /// The invitation taken back; the same when it had been.
    Invitation revoke(Instant now) {
        return revokedAt != null
                ? this
                : new Invitation(id, createdBy, project, role, maxUses, uses, createdAt, expiresAt, now);
    }
}
