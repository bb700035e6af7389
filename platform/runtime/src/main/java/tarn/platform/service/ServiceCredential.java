package tarn.platform.service;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import tarn.platform.Secret;

/// What a service shows identity to get an access token: its name and its key, `TARN_<SERVICE>_KEY`.
///
/// @param key known to the service and to identity
public record ServiceCredential(String service, Secret key) {

    /// The credential of a service; empty when this process does not have its key.
    public static Optional<ServiceCredential> of(String service, Config config) {
        return config.getOptionalValue("tarn." + service + ".key", String.class)
                .map(key -> new ServiceCredential(service, new Secret(key)));
    }

    /// What follows `Basic ` in `Authorization` (RFC 7617).
    public String basic() {
        return Base64.getEncoder().encodeToString((service + ':' + key.value()).getBytes(StandardCharsets.UTF_8));
    }
}
