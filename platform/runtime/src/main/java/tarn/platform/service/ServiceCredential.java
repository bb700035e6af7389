package tarn.platform.service;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import tarn.platform.Secret;

/// The name and key (`TARN_<SERVICE>_KEY`) that a service exchanges at identity for an access
/// token.
///
/// @param key shared with identity
public record ServiceCredential(String service, Secret key) {

    /// A service's credential; empty when this process does not have its key.
    public static Optional<ServiceCredential> of(String service, Config config) {
        return config.getOptionalValue("tarn." + service + ".key", String.class)
                .map(key -> new ServiceCredential(service, new Secret(key)));
    }

    /// The credentials of Basic authentication (RFC 7617).
    public String basic() {
        return Base64.getEncoder().encodeToString((service + ':' + key.value()).getBytes(StandardCharsets.UTF_8));
    }
}
