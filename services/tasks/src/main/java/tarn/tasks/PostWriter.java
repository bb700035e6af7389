package tarn.tasks;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Refusal;
import tarn.platform.service.ServiceClient;

/// Calls the posts service, which keeps the comments of imported boards.
@Singleton
final class PostWriter {

    /// The request to create posts.
    private record Draft(UUID projectId, UUID authorId, List<ImportedPost> posts) {}

    /// The request to announce or remove posts.
    private record Ids(List<UUID> ids) {}

    private final ServiceClient services;

    PostWriter(ServiceClient services) {
        this.services = services;
    }

    /// Creates those posts that are not there, up to 500. No event tells of them before they are announced.
    ///
    /// @throws Refusal.NotAvailable when Tarn runs without posts
    /// @throws Refusal.Unavailable when posts does not respond
    void create(UUID project, UUID author, List<ImportedPost> posts) {
        ask("/internal/posts/imported", new Draft(project, author, posts));
    }

    /// Has events tell of those posts, up to 500, once.
    ///
    /// @throws Refusal.NotAvailable when Tarn runs without posts
    /// @throws Refusal.Unavailable when posts does not respond
    void announce(List<UUID> ids) {
        ask("/internal/posts/imported/announcements", new Ids(ids));
    }

    /// Removes those posts that are there, up to 500.
    ///
    /// @throws Refusal.NotAvailable when Tarn runs without posts
    /// @throws Refusal.Unavailable when posts does not respond
    void remove(List<UUID> ids) {
        ask("/internal/posts/imported/removals", new Ids(ids));
    }

    private void ask(String path, Object request) {
        if (!services.inBackgroundTo(Catalogue.POSTS)
                .repeatable()
                .ask("POST", path, request)
                .isWell()) {
            throw new IllegalStateException("Posts refuses what an import has written");
        }
    }
}
