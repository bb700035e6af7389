package tarn.posts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Something a user has written: a post on a project, a comment on a task, or a reply to either.
///
/// Immutable: a change is a new post. Illegal posts cannot be built, so nobody else checks.
///
/// @param rendered what its body has become
/// @param replies how many there are; drafts and deleted ones do not count
/// @param publishedAt null while it is a draft, which nobody sees but its author
/// @param editedAt when its words were last changed after it was published; null when never
/// @param deletedAt when it went to the trash; null when it is not there
record Post(
        Id id,
        PostLocation place,
        UUID author,
        Content content,
        Rendered rendered,
        int replies,
        Instant createdAt,
        @Nullable Instant publishedAt,
        @Nullable Instant editedAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        long version) {

    /// Names one post.
    public record Id(UUID value) {}

    /// Whether others see it.
    enum State {
        DRAFT,
        PUBLISHED
    }

    /// Where it is.
    ///
    /// @param task null when it is on the project itself
    /// @param parent the post it replies to, which is no reply itself
    record PostLocation(
            UUID project, @Nullable UUID task, @Nullable Id parent) {}

    /// What its author writes.
    ///
    /// @param title of posts on a project, if they have one; comments and replies never do
    /// @param body Markdown
    record Content(@Nullable String title, String body) {}

    /// The words that it had before.
    ///
    /// @param version the last version that had them
    /// @param html what the body had become
    record Former(long version, Content content, String html, Instant writtenAt) {}

    Post {
        if (content.title() != null && (place.task() != null || place.parent() != null)) {
            throw new Refusal.Invalid("/title", "no-title", "Comments and replies have no title.");
        }
        if (editedAt != null && publishedAt == null) {
            throw new IllegalArgumentException("A draft is changed, not edited");
        }
    }

    /// A new post.
    static Post create(
            Id id, PostLocation place, UUID author, Content content, Rendered rendered, State state, Instant now) {
        Instant published = state == State.PUBLISHED ? now : null;
        return new Post(id, place, author, content, rendered, 0, now, published, null, now, null, 1);
    }

    State state() {
        return publishedAt == null ? State.DRAFT : State.PUBLISHED;
    }

    /// When its present words were written.
    Instant writtenAt() {
        return editedAt != null ? editedAt : publishedAt != null ? publishedAt : updatedAt;
    }

    /// The same with other words.
    Post with(Content other, Rendered shown, Instant now) {
        Instant edited = publishedAt == null ? null : now;
        return new Post(
                id, place, author, other, shown, replies, createdAt, publishedAt, edited, now, deletedAt, version + 1);
    }

    /// Publishing a published post changes nothing: clients retry.
    Post publish(Instant now) {
        return publishedAt != null ? this : at(now, now, deletedAt);
    }

    /// Deleting a deleted post changes nothing.
    Post delete(Instant now) {
        return deletedAt != null ? this : at(now, publishedAt, now);
    }

    /// Restoring a post that is not in the trash changes nothing.
    Post restore(Instant now) {
        return deletedAt == null ? this : at(now, publishedAt, null);
    }

    private Post at(Instant now, @Nullable Instant published, @Nullable Instant deleted) {
        return new Post(
                id,
                place,
                author,
                content,
                rendered,
                replies,
                createdAt,
                published,
                editedAt,
                now,
                deleted,
                version + 1);
    }

    /// @param expected the version the caller has read; null for any
    /// @throws Refusal.Outdated when it is another one now
    void requireVersion(@Nullable Long expected) {
        if (expected != null && expected != version) {
            throw new Refusal.Outdated();
        }
    }
}
