package tarn.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A user account as administrators see it.
///
/// @param lastSeenAt the last use of a session or personal access token that still exists, or else
/// the last sign-in of the past 180 days, to the minute; null for none
record Account(User user, @Nullable Instant lastSeenAt) {}
