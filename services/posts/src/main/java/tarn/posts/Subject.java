package tarn.posts;

import java.util.UUID;

/// What a post is about: a project, a task, or a post it replies to.
sealed interface Subject {

    /// A project.
    record OfProject(UUID project) implements Subject {}

    /// A task.
    record OfTask(UUID task) implements Subject {}

    /// A parent post.
    record OfPost(Post.Id parent) implements Subject {}
}
