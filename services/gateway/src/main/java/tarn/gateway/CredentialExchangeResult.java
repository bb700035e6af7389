package tarn.gateway;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import tarn.platform.security.Caller;

/// Identity's answer to a session cookie or personal access token, or that it gave none.
sealed interface CredentialExchangeResult {

    /// The secret is unknown, expired or revoked.
    record Denied(Instant until) implements CredentialExchangeResult {}

    /// Identity did not respond; not cached.
    record Unanswered() implements CredentialExchangeResult {}

    /// An access token.
    ///
    /// @param authorization the header's value
    /// @param renewing whether its renewal has started
    record Given(String authorization, Caller caller, AtomicBoolean renewing) implements CredentialExchangeResult {}
}
