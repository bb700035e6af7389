package tarn.posts;

import java.util.UUID;

/// What posts are about.
sealed interface Subject {

    /// A project itself.
    record OfProject(UUID project) implements Subject {}

    /// A task.
    record OfTask(UUID task) implements Subject {}

    /// Another post.
    record OfPost(Post.Id parent) implements Subject {}
}
