package tarn.posts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened to a post. Holds the post's state after it but none of its words.
///
/// Drafts have no events: what nobody else sees is nobody else's business.
sealed interface PostEvent {

    /// The name under which followers know it.
    String type();

    /// What followers may know of a post.
    ///
    /// @param mentioned the people it names
    record State(
            UUID project,
            @Nullable UUID task,
            @Nullable UUID parent,
            UUID author,
            List<UUID> mentioned,
            int titleLength,
            int bodyLength,
            @Nullable Instant publishedAt,
            @Nullable Instant editedAt,
            long version) {

        static State of(Post post) {
            Post.Place place = post.place();
            String title = post.content().title();
            return new State(
                    place.project(),
                    place.task(),
                    place.parent() == null ? null : place.parent().value(),
                    post.author(),
                    PostEvent.mentioned(post),
                    title == null ? 0 : title.length(),
                    post.content().body().length(),
                    post.publishedAt(),
                    post.editedAt(),
                    post.version());
        }
    }

    /// The event that tells how one became the other, if others shall know.
    static Optional<PostEvent> of(Post before, Post after) {
        if (after.state() == Post.State.DRAFT) {
            return Optional.empty();
        }
        if (before.state() == Post.State.DRAFT) {
            return Optional.of(new Published(State.of(after)));
        }
        if (before.deletedAt() == null && after.deletedAt() != null) {
            return Optional.of(new Removed(State.of(after)));
        }
        if (before.deletedAt() != null && after.deletedAt() == null) {
            return Optional.of(new Restored(State.of(after)));
        }
        List<UUID> anew = new ArrayList<>(mentioned(after));
        anew.removeAll(mentioned(before));
        return Optional.of(new Edited(State.of(after), anew));
    }

    private static List<UUID> mentioned(Post post) {
        return post.rendered().mentions().stream().map(Mention::userId).toList();
    }

    record Published(State post) implements PostEvent {
        @Override
        public String type() {
            return "post.published";
        }
    }

    /// @param mentionedAnew those of the people it names whom it did not name before
    record Edited(State post, List<UUID> mentionedAnew) implements PostEvent {
        @Override
        public String type() {
            return "post.edited";
        }
    }

    record Removed(State post) implements PostEvent {
        @Override
        public String type() {
            return "post.removed";
        }
    }

    record Restored(State post) implements PostEvent {
        @Override
        public String type() {
            return "post.restored";
        }
    }
}
