package tarn.identity;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Refusal;

/// The keys by which Tarn's own services prove who they are. They are configuration, not data.
@Singleton
final class ServiceKeys {

    /// Compared with when there is no such service, so that it takes as long.
    private static final byte[] NOBODYS = {0};

    private final Map<String, byte[]> keys = new HashMap<>();

    ServiceKeys(
            Config config,
            @ConfigProperty(name = "tarn.service", defaultValue = "gateway") String own,
            @ConfigProperty(name = "tarn.service.key") Optional<String> ownKey) {
        // In one process this process is itself a client of identity.
        ownKey.ifPresent(key -> keys.put(own, bytes(key)));
        for (String caller : Catalogue.ALL.callers()) {
            config.getOptionalValue("tarn." + caller + ".key", String.class)
                    .ifPresent(key -> keys.put(caller, bytes(key)));
        }
    }

    /// @throws Refusal.Unauthenticated when there is no such service, or it has another key
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
