package tarn.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

/// An invitation link with which its creator admits 1 to 1,000 users, to this installation and
/// optionally to one project.
///
/// @param createdBy whose rights it depends on
/// @param project null for the installation only
/// @param role in the project; null exactly when there is no project
/// @param maxUses number of users it may admit, 1 to 1,000
/// @param uses number of users admitted
/// @param revokedAt null unless revoked
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

    /// Prefix of every secret, by which secret scanners recognise it.
    static final String PREFIX = "tarn_inv_";

    /// Users one invitation may admit.
    static final int MAX_USES = 1_000;

    /// Valid invitations per user.
    static final int MAX_PER_USER = 100;

    /// Default lifetime.
    static final Duration DEFAULT_LIFETIME = Duration.ofDays(7);

    /// Longest lifetime.
    static final Duration MAX_LIFETIME = Duration.ofDays(366);

    /// How long an expired invitation stays listed.
    static final Duration LISTED = Duration.ofDays(30);

    /// Identifies an invitation.
    public record Id(UUID value) {}

    /// A member's role in a project, in ascending order of rights.
    /// From the lowest to the highest.
    public enum MemberRole {
        VIEWER,
        EDITOR,
        OWNER
    }

    /// @throws Refusal.Invalid when only one of project and role is given, or the expiry is not in
    /// the future
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
            throw invalid("/expiresAt", "out-of-range", "Must be in the future, by a year at most.");
        }
        return new Invitation(id, creator, project, role, maxUses, 0, now, end, null);
    }

    private static Refusal invalid(String pointer, String code, String detail) {
        return new Refusal.Invalid(List.of(new Problem.FieldError(pointer, code, detail)));
    }

    /// Whether it can admit another user.
    boolean isLive(Instant now) {
        return revokedAt == null && expiresAt.isAfter(now) && uses < maxUses;
    }

    /// The revoked invitation; idempotent.
    Invitation revoke(Instant now) {
        return revokedAt != null
                ? this
                : new Invitation(id, createdBy, project, role, maxUses, uses, createdAt, expiresAt, now);
    }
}
