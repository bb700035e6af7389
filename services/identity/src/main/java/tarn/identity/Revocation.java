package tarn.identity;

import java.time.Duration;
import java.util.UUID;

/// A revoked credential, whose access tokens must be refused.
///
/// @param seq rises in commit order
/// @param credential a session or personal access token
record Revocation(long seq, UUID credential) {

    /// How long it is kept: twice the lifetime of an access token, for gateways that are late.
    static final Duration TOLD = Duration.ofMinutes(10);
}
