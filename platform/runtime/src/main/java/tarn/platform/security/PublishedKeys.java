package tarn.platform.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import tarn.platform.service.Patience;
import tarn.platform.service.ServiceClient;

/// The keys in identity's JWKS document (RFC 7517), read again when a token names one unknown here,
/// but at most every few seconds.
@Singleton
@DefaultBean
final class PublishedKeys implements KeySource {

    private static final Logger LOG = Logger.getLogger(PublishedKeys.class);
    private static final Duration REREAD = Duration.ofSeconds(5);
    private static final String ALL = "";

    private final ServiceClient services;
    private final Cache<String, Map<String, PublicKey>> recent =
            Caffeine.newBuilder().expireAfterWrite(REREAD).build();
    private volatile Map<String, PublicKey> known = Map.of();

    PublishedKeys(ServiceClient services) {
        this.services = services;
    }

    @Override
    public @Nullable PublicKey key(String keyId) {
        PublicKey key = known.get(keyId);
        if (key == null) {
            known = recent.get(ALL, all -> read());
            key = known.get(keyId);
        }
        return key;
    }

    private Map<String, PublicKey> read() {
        try {
            JsonNode document = services.to("identity")
                    .within(Patience.NEEDED)
                    .anonymously()
                    .get("/.well-known/jwks.json", JsonNode.class);
            return new JsonWebKeySet(document.toString())
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance)
                            .map(PublicJsonWebKey.class::cast)
                            .collect(Collectors.toMap(PublicJsonWebKey::getKeyId, PublicJsonWebKey::getPublicKey));
        } catch (Refusal.Unavailable | JoseException failure) {
            LOG.warnf("Signing keys can not be read: %s", failure.getMessage());
            return known;
        }
    }
}
