package tarn.posts;

import java.util.UUID;

/// A user whom a post mentions or can mention.
///
/// @param name current, or as it was when the post was written
record Mention(UUID userId, String name) {}
