package tarn.identity.keys;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jspecify.annotations.Nullable;
import tarn.platform.security.KeySource;

/// Caches the key ring, reloads it from the database and rotates keys: any process that finds the
/// next key due generates it.
@Singleton
final class SigningKeys implements KeySource {

    private static final Logger LOG = Logger.getLogger(SigningKeys.class);

    /// Maximum age of the ring for signing; far less than a key is published in advance.
    static final Duration FRESH = Duration.ofMinutes(1);

    /// Minimum age before an unknown key id reloads the ring, so that forged tokens do not cost a
    /// query each.
    static final Duration MIN_REREAD_AGE = Duration.ofSeconds(5);

    /// 2 ms to sign and 0.05 ms to verify on one core; 2,048 bits take 0.7 and 0.03 ms.
    private static final int BITS = 3_072;

    private record KeyRingSnapshot(KeyRing ring, Instant at) {}

    private final SigningKeyStore store;
    private final Clock clock;
    private final ReentrantLock reader = new ReentrantLock();
    private volatile @Nullable KeyRingSnapshot last;

    SigningKeys(SigningKeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// The current signing key.
    SigningKey signer() {
        return ring(FRESH).signer(clock.instant()).orElseThrow();
    }

    /// All keys that may have signed a valid access token.
    List<SigningKey> published() {
        return ring(FRESH).published(clock.instant());
    }

    @Override
    public @Nullable PublicKey key(String keyId) {
        KeyRingSnapshot present = last;
        PublicKey known = present == null ? null : find(present.ring(), keyId);
        return known != null ? known : find(ring(MIN_REREAD_AGE), keyId);
    }

    private @Nullable PublicKey find(KeyRing ring, String keyId) {
        return ring.published(clock.instant()).stream()
                .filter(key -> key.id().equals(keyId))
                .findFirst()
                .map(SigningKey::publicKey)
                .orElse(null);
    }

    private KeyRing ring(Duration age) {
        KeyRingSnapshot present = fresh(age);
        if (present != null) {
            return present.ring();
        }
        reader.lock();
        try {
            present = fresh(age);
            return present == null ? read() : present.ring();
        } finally {
            reader.unlock();
        }
    }

    private @Nullable KeyRingSnapshot fresh(Duration age) {
        KeyRingSnapshot present = last;
        return present != null && present.at().plus(age).isAfter(clock.instant()) ? present : null;
    }

    private KeyRing read() {
        Instant now = clock.instant();
        KeyRing ring = store.ring();
        boolean due = ring.isNextDue(now);
        if (due || !ring.outlived(now).isEmpty()) {
            ring = turn(now, due);
        }
        last = new KeyRingSnapshot(ring, now);
        return ring;
    }

    /// Adds the next key and deletes expired ones, unless another process has done so.
    ///
    /// @param due whether the next key must be generated
    private KeyRing turn(Instant now, boolean due) {
        // Made before the lock is taken: it may take longer than others are willing to wait for it.
        KeyPair pair = due ? generate() : null;
        return QuarkusTransaction.requiringNew().call(() -> {
            store.lock();
            KeyRing ring = store.ring();
            if (pair != null && ring.isNextDue(now)) {
                RSAPublicKey publicKey = (RSAPublicKey) pair.getPublic();
                SigningKey next = new SigningKey(
                        thumbprint(publicKey), publicKey, pair.getPrivate(), now, ring.nextSignsFrom(now));
                store.insert(next, pair.getPrivate());
                LOG.infof("Signing key %s will sign from %s on", next.id(), next.signsFrom());
            }
            store.delete(ring.outlived(now));
            return store.ring();
        });
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String thumbprint(RSAPublicKey key) {
        return new RsaJsonWebKey(key).calculateBase64urlEncodedThumbprint("SHA-256");
    }
}
