package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SessionTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Device HOME = new Device("192.0.2.1", "Browser");
    private static final Device AWAY = new Device("192.0.2.2", "Browser");
    private static final Session SESSION =
            Session.open(new Session.Id(new UUID(0, 1)), new User.Id(new UUID(0, 2)), Session.Kind.COOKIE, HOME, NOON);

    @Test
    void endsWhenItIsNotUsed() {
        assertThat(SESSION.isLive(NOON.plus(Session.IDLE).minusMillis(1))).isTrue();
        assertThat(SESSION.isLive(NOON.plus(Session.IDLE))).isFalse();
    }

    @Test
    void livesOnWithUse() {
        Instant later = NOON.plus(Duration.ofDays(20));

        Session used = SESSION.use(AWAY, later);

        assertThat(used.isLive(NOON.plus(Duration.ofDays(49)))).isTrue();
        assertThat(used.lastUsedAt()).isEqualTo(later);
        assertThat(used.device()).isEqualTo(AWAY);
    }

    @Test
    void endsAtLastHoweverMuchItIsUsed() {
        Session used = SESSION.use(HOME, NOON.plus(Duration.ofDays(170)));

        assertThat(used.expiresAt()).isEqualTo(NOON.plus(Session.MAX_LIFETIME));
    }

    @Test
    void useWithinAMinuteIsNotNoted() {
        assertThat(SESSION.use(AWAY, NOON.plusSeconds(59))).isSameAs(SESSION);
    }

    @Test
    void anExchangedRefreshTokenMayComeAgainForAMoment() {
        RefreshToken fresh = new RefreshToken(SESSION.id(), NOON, null);
        RefreshToken used = new RefreshToken(SESSION.id(), NOON, NOON);

        assertThat(fresh.isReused(NOON.plusSeconds(60))).isFalse();
        assertThat(used.isReused(NOON.plusSeconds(10))).isFalse();
        assertThat(used.isReused(NOON.plusSeconds(11))).isTrue();
    }

    @Test
    void refreshTokensExpire() {
        RefreshToken token = new RefreshToken(SESSION.id(), NOON, null);

        assertThat(token.isExpired(NOON.plus(RefreshToken.LIFETIME).minusMillis(1)))
                .isFalse();
        assertThat(token.isExpired(NOON.plus(RefreshToken.LIFETIME))).isTrue();
    }
}
