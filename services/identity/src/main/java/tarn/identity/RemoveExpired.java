package tarn.identity;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Deletes expired sessions, tokens, invitations, password resets, revocations and known addresses
/// every 10 minutes; only frees space, since expired rows are refused anyway.
@Singleton
class RemoveExpired {

    private static final Logger LOG = Logger.getLogger(RemoveExpired.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final SessionStore sessions;
    private final PersonalTokenStore tokens;
    private final RevocationStore revocations;
    private final KnownAddressStore knownAddresses;
    private final InvitationStore invitations;
    private final PasswordResetStore resets;
    private final SecurityEventStore securityEvents;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("identity-remove-expired").daemon().factory());

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

    void begin(@Observes StartupEvent event) {
        var _ = timer.scheduleWithFixedDelay(this::runAndLog, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    void end(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private void runAndLog() {
        try {
            run();
        } catch (RuntimeException failure) {
            LOG.error("What has expired could not be removed; it is tried again", failure);
        }
    }

    /// Deletes expired rows, at most 1,000 sessions per run.
    @Transactional
    public void run() {
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
        LOG.debugf(
                "Removed %d sessions, %d refresh tokens, %d personal tokens, %d revocations, %d known addresses,"
                        + " %d invitations, %d password resets, %d security events",
                expired.size(), links, programs, told, addresses, invited, unused, logged);
    }
}
