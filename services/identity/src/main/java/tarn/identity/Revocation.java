package tarn.identity;

import java.time.Duration;
import java.util.UUID;

/// A credential that has ended: access tokens made from it must no longer be honoured.
///
/// @param seq rises in the order of commits
/// @param credential a session or a personal token
record Revocation(long seq, UUID credential) {

    /// How long it is told: twice as long as an access token lives, for whoever is late.
    static final Duration TOLD = Duration.ofMinutes(10);
}
