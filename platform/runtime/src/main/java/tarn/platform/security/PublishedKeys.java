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
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Refusal;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Identity's public keys from its JWKS document (RFC 7517), fetched again for an unknown key id
/// but at most every 5 s, or 200 ms after a failure.
@Singleton
@DefaultBean
final class PublishedKeys implements KeySource {

    private static final Logger LOG = Logger.getLogger(PublishedKeys.class);
    private static final Duration REREAD = Duration.ofSeconds(5);

    /// How long a failed fetch is remembered.
    private static final Duration RETRY = Duration.ofMillis(200);

    private static final String ALL = "";

    /// The result of a fetch.
    ///
    /// @param keys null when identity did not respond
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
            throw new Refusal.Unavailable("Your credentials cannot be checked now. Try again later.");
        }
        known = now;
        return now.get(keyId);
    }

    private Reading read() {
        try {
            JsonNode document = services.to(Catalogue.IDENTITY)
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
