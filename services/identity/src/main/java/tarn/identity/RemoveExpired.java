package tarn.identity;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tarn.platform.job.JobResult;
import tarn.platform.job.ServiceJobs;

/// Job that deletes expired sessions, each with its event and 1,000 in a slice, and expired tokens,
/// invitations, password resets, revocations, known addresses and security events; expired rows are
/// refused anyway.
@Singleton
class RemoveExpired {

    private final SessionStore sessions;
    private final PersonalTokenStore tokens;
    private final RevocationStore revocations;
    private final KnownAddressStore knownAddresses;
    private final InvitationStore invitations;
    private final PasswordResetStore resets;
    private final SecurityEventStore securityEvents;
    private final Clock clock;

    RemoveExpired(
            SessionStore sessions,
            PersonalTokenStore tokens,
            RevocationStore revocations,
            KnownAddressStore knownAddresses,
            InvitationStore invitations,
            PasswordResetStore resets,
            SecurityEventStore securityEvents,
            Clock clock) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.revocations = revocations;
        this.knownAddresses = knownAddresses;
        this.invitations = invitations;
        this.resets = resets;
        this.securityEvents = securityEvents;
        this.clock = clock;
    }

    /// Deletes expired rows, at most 1,000 sessions per slice.
    @Transactional
    public JobResult run() {
        Instant now = clock.instant();
        List<Session> expired = sessions.deleteExpired(now);
        expired.forEach(session -> sessions.append(
                session.id(), null, new SessionEvent.Ended(session.user().value(), SessionEvent.Reason.EXPIRED)));
        int links = sessions.deleteRefreshTokensBefore(now.minus(RefreshToken.LIFETIME));
        int programs = tokens.deleteExpiredBefore(now.minus(PersonalToken.LISTED));
        int addresses = knownAddresses.deleteBefore(now.minus(KnownAddressStore.KEPT));
        int invited = invitations.deleteEndedBefore(now.minus(Invitation.LISTED));
        int told = revocations.removeBefore(now.minus(Revocation.TOLD));
        int logged = securityEvents.deleteBefore(now.minus(SecurityEvent.KEPT));
        int unused = resets.deleteExpired(now);
        Map<String, Integer> counts = Map.of(
                "sessions", expired.size(),
                "refreshTokens", links,
                "personalTokens", programs,
                "revocations", told,
                "knownAddresses", addresses,
                "invitations", invited,
                "passwordResets", unused,
                "securityEvents", logged);
        return new JobResult(counts, expired.size() == ServiceJobs.SLICE);
    }
}
