package tarn.identity;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Refusal;
import tarn.platform.service.ServiceCredential;

/// Verifies the shared keys, from the configuration, with which services get their access tokens.
@Singleton
final class ServiceKeys {

    /// Compared for an unknown service, so that the check takes as long.
    private static final byte[] NOBODYS = {0};

    private final Map<String, byte[]> keys = new HashMap<>();

    ServiceKeys(Config config) {
        for (String service : Catalogue.ALL.callers()) {
            ServiceCredential.of(service, config)
                    .ifPresent(credential ->
                            keys.put(service, bytes(credential.key().value())));
        }
    }

    /// @throws Refusal.Unauthenticated when the service is unknown or the key is wrong
    void require(String service, String key) {
        byte[] expected = keys.get(service);
        boolean equal = MessageDigest.isEqual(expected == null ? NOBODYS : expected, bytes(key));
        if (!equal || expected == null) {
            throw new Refusal.Unauthenticated("unauthenticated", "There is no such service, or it has another key.");
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
