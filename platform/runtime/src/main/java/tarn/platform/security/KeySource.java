package tarn.platform.security;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/// Where the public keys of access tokens come from: identity itself when it is in this process, its
/// JWKS document otherwise.
public interface KeySource {

    /// The key with this id; null when identity publishes none.
    ///
    /// @throws tarn.platform.problem.Refusal.Unavailable when identity does not say which it publishes
    @Nullable
    PublicKey key(String keyId);
}
