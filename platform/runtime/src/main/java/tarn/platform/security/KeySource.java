package tarn.platform.security;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/// Supplies the public keys of access tokens: from identity itself in the same process, else from
/// its JWKS document.
public interface KeySource {

    /// The key with this id; null when identity does not publish it.
    ///
    /// @throws tarn.platform.problem.Refusal.Unavailable when identity does not respond
    @Nullable
    PublicKey key(String keyId);
}
