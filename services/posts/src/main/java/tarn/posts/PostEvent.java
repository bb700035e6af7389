package tarn.posts;

import java.util.Locale;

/// What happens to a post that is published. Drafts have no events: nobody sees them but their author.
enum PostEvent {
    PUBLISHED,
    CHANGED,
    DELETED,
    RESTORED;

    /// The event that tells how one became the other.
    static PostEvent of(Post before, Post after) {
        if (before.state() == Post.State.DRAFT) {
            return PUBLISHED;
        }
        if ((before.deletedAt() == null) == (after.deletedAt() == null)) {
            return CHANGED;
        }
        return after.deletedAt() == null ? RESTORED : DELETED;
    }

    /// The name under which followers know it.
    String type() {
        return "post." + name().toLowerCase(Locale.ROOT);
    }
}
