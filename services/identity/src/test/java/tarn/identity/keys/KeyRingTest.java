package tarn.identity.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tarn.platform.security.AccessTokens;

final class KeyRingTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final KeyPair PAIR = pair();

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static SigningKey key(String id, Instant signsFrom) {
        return new SigningKey(id, (RSAPublicKey) PAIR.getPublic(), PAIR.getPrivate(), signsFrom, signsFrom);
    }

    private static SigningKey sealedElsewhere(String id, Instant signsFrom) {
        return new SigningKey(id, (RSAPublicKey) PAIR.getPublic(), null, signsFrom, signsFrom);
    }

    private static KeyRing ring(SigningKey... keys) {
        return new KeyRing(List.of(keys));
    }

    @Test
    void theFirstKeySignsAtOnce() {
        assertThat(ring().isNextDue(NOON)).isTrue();
        assertThat(ring().nextSignsFrom(NOON)).isEqualTo(NOON);
        assertThat(ring().signer(NOON)).isEmpty();
    }

    @Test
    void theNextKeyIsMadeADayBeforeItSigns() {
        KeyRing ring = ring(key("one", NOON));

        assertThat(ring.isNextDue(NOON.plus(Duration.ofDays(29)).minusMillis(1)))
                .isFalse();
        assertThat(ring.isNextDue(NOON.plus(Duration.ofDays(29)))).isTrue();
        assertThat(ring.nextSignsFrom(NOON.plus(Duration.ofDays(29)))).isEqualTo(NOON.plus(Duration.ofDays(30)));
    }

    @Test
    void anOverdueKeyIsStillAnnounced() {
        Instant muchLater = NOON.plus(Duration.ofDays(90));

        assertThat(ring(key("one", NOON)).nextSignsFrom(muchLater)).isEqualTo(muchLater.plus(KeyRing.SHORT_NOTICE));
        assertThat(KeyRing.SHORT_NOTICE).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void theLatestKeyWhoseTimeHasComeSigns() {
        KeyRing ring = ring(key("two", NOON.plusSeconds(60)), key("one", NOON));

        assertThat(ring.signer(NOON.plusSeconds(59)).orElseThrow().id()).isEqualTo("one");
        assertThat(ring.signer(NOON.plusSeconds(60)).orElseThrow().id()).isEqualTo("two");
        assertThat(ring.isNextDue(NOON.plusSeconds(60))).isFalse();
    }

    @Test
    void aKeyIsPublishedBeforeItSignsAndUntilItsLastTokenHasEnded() {
        Instant turn = NOON.plusSeconds(600);
        KeyRing ring = ring(key("one", NOON), key("two", turn));

        assertThat(ring.published(NOON)).extracting(SigningKey::id).containsExactly("one", "two");
        assertThat(ring.published(turn.plus(KeyRing.OUTLIVES)))
                .extracting(SigningKey::id)
                .containsExactly("one", "two");
        assertThat(ring.outlived(turn.plus(KeyRing.OUTLIVES).plusMillis(1)))
                .extracting(SigningKey::id)
                .containsExactly("one");
        assertThat(KeyRing.OUTLIVES).isGreaterThan(AccessTokens.LIFETIME);
    }

    @Test
    void aKeySealedUnderAnotherSecretVerifiesAndDoesNotSign() {
        KeyRing ring = ring(sealedElsewhere("old", NOON));
        Instant now = NOON.plusSeconds(5);

        assertThat(ring.signer(now)).isEmpty();
        assertThat(ring.isNextDue(now)).isTrue();
        assertThat(ring.nextSignsFrom(now)).isEqualTo(now);
        assertThat(ring.published(now)).hasSize(1);
    }
}
