package tarn.identity;

import java.time.Instant;
import java.util.UUID;
import tarn.platform.Secret;

/// An issued access token, valid for at most five minutes.
///
/// @param credential the session or personal access token it was issued for; the nil UUID for a
/// service
record AccessToken(Secret value, Instant expiresAt, UUID credential) {}
