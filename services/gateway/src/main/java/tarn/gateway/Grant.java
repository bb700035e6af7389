package tarn.gateway;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import tarn.platform.security.Caller;

/// What identity gives for a secret.
sealed interface Grant {

    /// Nothing: the secret is unknown, has expired or was revoked.
    record Denied(Instant until) implements Grant {}

    /// No answer; not remembered.
    record Unanswered() implements Grant {}

    /// An access token.
    ///
    /// @param authorization the header that presents it
    /// @param renewing whether the next one is being asked for
    record Given(String authorization, Caller caller, AtomicBoolean renewing) implements Grant {}
}
