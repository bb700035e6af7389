package tarn.posts;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tarn.platform.job.JobResult;

/// Posts that an import brings along: comments on tasks which are created after them.
@Singleton
class ImportedPosts {

    /// A comment.
    record NewComment(Post.Id id, UUID task, Instant writtenAt, String body) {}

    private static final int SLICE = 500;

    private final PostStore store;
    private final PostPurgeStore purge;
    private final DiscardedImportStore discarded;
    private final Markdown markdown;

    ImportedPosts(PostStore store, PostPurgeStore purge, DiscardedImportStore discarded, Markdown markdown) {
        this.store = store;
        this.purge = purge;
        this.discarded = discarded;
        this.markdown = markdown;
    }

    /// Creates those that are not there, published when they were written. They mention nobody, and no event
    /// tells of them yet.
    ///
    /// @return false when the import is discarded: none is created
    @Transactional
    public boolean create(UUID project, UUID author, List<NewComment> posts) {
        if (!discarded.admits(project)) {
            return false;
        }
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
        return true;
    }

    /// Writes the events of a slice of an import's posts that have none, after the import has ended; idempotent.
    ///
    /// @param project of the import
    @Transactional
    public JobResult announce(UUID project) {
        return result(store.announce(project, SLICE));
    }

    /// Deletes a slice of an import's posts of which no event tells, and refuses further ones; idempotent.
    ///
    /// @param project of the import
    @Transactional
    public JobResult discard(UUID project) {
        discarded.add(project);
        return result(purge.purgeUnannounced(project, SLICE));
    }

    private static JobResult result(int posts) {
        return JobResult.of("posts", posts, posts > 0);
    }
}
