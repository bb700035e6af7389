package tarn.posts;

import java.util.UUID;

/// A user whom a post names, or can.
///
/// @param name as it is, or was when the words were written
record Mention(UUID userId, String name) {}
