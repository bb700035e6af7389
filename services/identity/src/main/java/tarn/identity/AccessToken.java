package tarn.identity;

import java.time.Instant;
import java.util.UUID;
import tarn.platform.Secret;

/// What services take as proof of who is asking, for a few minutes.
///
/// @param credential the session or personal token it was made from; the nil UUID for a service
record AccessToken(Secret value, Instant expiresAt, UUID credential) {}
