package tarn.posts;

import java.util.Locale;

/// The types of events of a published post; drafts have no events, because only their author sees
/// them.
enum PostEvent {
    PUBLISHED,
    CHANGED,
    DELETED,
    RESTORED;

    /// The event for a change whose result is published or deleted.
    static PostEvent of(Post before, Post after) {
        if (before.state() == Post.State.DRAFT) {
            return PUBLISHED;
        }
        if ((before.deletedAt() == null) == (after.deletedAt() == null)) {
            return CHANGED;
        }
        return after.deletedAt() == null ? RESTORED : DELETED;
    }

    /// The event type in the contract.
    String type() {
        return "post." + name().toLowerCase(Locale.ROOT);
    }
}
