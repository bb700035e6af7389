package tarn.platform.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// The keys in identity's JWKS document (RFC 7517), read again when a token names one unknown here,
/// but at most every few seconds.
@Singleton
@DefaultBean
final class PublishedKeys implements KeySource {

    private static final Logger LOG = Logger.getLogger(PublishedKeys.class);
    private static final Duration REREAD = Duration.ofSeconds(5);

    /// How long nobody asks again who could not read them.
    private static final Duration RETRY = Duration.ofMillis(200);

    private static final String ALL = "";

    /// What a reading gave.
    ///
    /// @param keys null when identity did not answer
    private record Reading(@Nullable Map<String, PublicKey> keys) {}

    private final ServiceClient services;
    private final Cache<String, Reading> recent = Caffeine.newBuilder()
            .expireAfter(Expiry.<String, Reading>creating((_, reading) -> reading.keys() == null ? RETRY : REREAD))
            .build();
    private volatile Map<String, PublicKey> known = Map.of();

    PublishedKeys(ServiceClient services) {
        this.services = services;
    }

    @Override
    public @Nullable PublicKey key(String keyId) {
        PublicKey key = known.get(keyId);
        if (key != null) {
            return key;
        }
        Map<String, PublicKey> now = recent.get(ALL, all -> read()).keys();
        if (now == null) {
            throw new Refusal.Unavailable("Who you are cannot be checked now. Try again later.");
        }
        known = now;
        return now.get(keyId);
    }

    private Reading read() {
        try {
            JsonNode document = services.to("identity")
                    .within(CallTimeout.NEEDED)
                    .anonymously()
                    .get("/.well-known/jwks.json", JsonNode.class);
            return new Reading(new JsonWebKeySet(document.toString())
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance)
                            .map(PublicJsonWebKey.class::cast)
                            .collect(Collectors.toMap(PublicJsonWebKey::getKeyId, PublicJsonWebKey::getPublicKey)));
        } catch (Refusal | JoseException failure) {
            LOG.warnf("Signing keys cannot be read: %s", failure.getMessage());
            return new Reading(null);
        }
    }
}
