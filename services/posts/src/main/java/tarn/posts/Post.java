package tarn.posts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// A text by a user: a post on a project, a comment on a task, or a reply to either.
///
/// Immutable and always valid.
///
/// @param rendered the body as HTML with its mentions
/// @param replies number of published replies not in the trash
/// @param publishedAt null for a draft, which only its author sees
/// @param editedAt last change after publication; null for none
/// @param deletedAt when it was moved to the trash; null otherwise
record Post(
        Id id,
        PostLocation place,
        UUID author,
        Content content,
        RenderedMarkdown rendered,
        int replies,
        Instant createdAt,
        @Nullable Instant publishedAt,
        @Nullable Instant editedAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        long version) {

    /// Identifies a post.
    public record Id(UUID value) {}

    /// Draft or published.
    enum State {
        DRAFT,
        PUBLISHED
    }

    /// The project, task and parent of a post.
    ///
    /// @param task null for a post on the project itself
    /// @param parent the post it replies to, which is not itself a reply
    record PostLocation(
            UUID project, @Nullable UUID task, @Nullable Id parent) {}

    /// What its author writes.
    ///
    /// @param title only of posts on a project, and optional there
    /// @param body Markdown
    record Content(@Nullable String title, String body) {}

    /// An earlier version of its content.
    ///
    /// @param version the last version with this content
    /// @param html the rendered body
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
            Id id,
            PostLocation place,
            UUID author,
            Content content,
            RenderedMarkdown rendered,
            State state,
            Instant now) {
        Instant published = state == State.PUBLISHED ? now : null;
        return new Post(id, place, author, content, rendered, 0, now, published, null, now, null, 1);
    }

    State state() {
        return publishedAt == null ? State.DRAFT : State.PUBLISHED;
    }

    /// When its current content was written.
    Instant writtenAt() {
        return editedAt != null ? editedAt : publishedAt != null ? publishedAt : updatedAt;
    }

    /// The post with other content.
    Post with(Content other, RenderedMarkdown shown, Instant now) {
        Instant edited = publishedAt == null ? null : now;
        return new Post(
                id, place, author, other, shown, replies, createdAt, publishedAt, edited, now, deletedAt, version + 1);
    }

    /// Idempotent, because clients retry.
    Post publish(Instant now) {
        return publishedAt != null ? this : at(now, now, deletedAt);
    }

    /// Moves it to the trash; idempotent.
    Post delete(Instant now) {
        return deletedAt != null ? this : at(now, publishedAt, now);
    }

    /// Takes it out of the trash; idempotent.
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
    /// @throws Refusal.Outdated when the version is another
    void requireVersion(@Nullable Long expected) {
        Refusal.Outdated.unlessCurrent(expected, version);
    }
}
