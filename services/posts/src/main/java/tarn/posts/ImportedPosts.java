package tarn.posts;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Posts that an import brings along: comments on tasks which are created after them.
@Singleton
class ImportedPosts {

    /// A comment.
    record NewComment(Post.Id id, UUID task, Instant writtenAt, String body) {}

    private final PostStore store;
    private final PostPurgeStore purge;
    private final Markdown markdown;

    ImportedPosts(PostStore store, PostPurgeStore purge, Markdown markdown) {
        this.store = store;
        this.purge = purge;
        this.markdown = markdown;
    }

    /// Creates those that are not there, published when they were written. They mention nobody, and no event
    /// tells of them yet.
    @Transactional
    public void create(UUID project, UUID author, List<NewComment> posts) {
        Set<UUID> known =
                store.known(posts.stream().map(post -> post.id().value()).toList());
        for (NewComment post : posts) {
            if (!known.contains(post.id().value())) {
                store.insertUnannounced(Post.create(
                        post.id(),
                        new Post.PostLocation(project, post.task(), null),
                        author,
                        new Post.Content(null, post.body()),
                        markdown.render(post.body(), Handles.NONE),
                        Post.State.PUBLISHED,
                        post.writtenAt()));
            }
        }
    }

    /// Writes the events of those that have none, after the import has ended.
    @Transactional
    public void announce(List<UUID> ids) {
        store.announce(ids);
    }

    /// Deletes those that are there.
    @Transactional
    public void remove(List<UUID> ids) {
        purge.purge(ids);
    }
}
