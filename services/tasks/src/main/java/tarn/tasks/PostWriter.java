package tarn.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Refusal;
import tarn.platform.service.Call;
import tarn.platform.service.Routes;
import tarn.platform.service.ServiceClient;

/// Calls the posts service, which keeps the comments of imported boards.
@Singleton
final class PostWriter {

    /// The request to create posts.
    private record Draft(UUID projectId, UUID authorId, List<ImportedPost> posts) {}

    /// The request to announce or discard the posts of an import.
    private record EndedImport(UUID projectId) {}

    private final ServiceClient services;
    private final Routes routes;

    PostWriter(ServiceClient services, Routes routes) {
        this.services = services;
        this.routes = routes;
    }

    /// Whether Tarn runs with posts.
    boolean isAvailable() {
        return routes.services().has(Catalogue.POSTS);
    }

    /// Creates those posts that are not there, up to 500. No event tells of them before they are announced.
    ///
    /// @return false when posts has been asked to discard the import
    /// @throws Refusal.Unavailable when posts does not respond
    boolean create(UUID project, UUID author, List<ImportedPost> posts) {
        return ask("/internal/posts/imported", new Draft(project, author, posts))
                .path("created")
                .asBoolean();
    }

    /// Has events tell once of all posts of an import.
    ///
    /// @param project of the import
    /// @throws Refusal.Unavailable when posts does not respond
    void announce(UUID project) {
        askForAll("/internal/posts/imported/announcements", project);
    }

    /// Removes all posts of an import, and those that would still arrive.
    ///
    /// @param project of the import
    /// @throws Refusal.Unavailable when posts does not respond
    void discard(UUID project) {
        askForAll("/internal/posts/imported/removals", project);
    }

    /// Asks slice by slice.
    private void askForAll(String path, UUID project) {
        boolean more = true;
        while (more) {
            more = ask(path, new EndedImport(project)).path("more").asBoolean();
        }
    }

    private JsonNode ask(String path, Object request) {
        Call.Answer answer =
                services.inBackgroundTo(Catalogue.POSTS).repeatable().ask("POST", path, request);
        if (!answer.isSuccessful()) {
            throw new IllegalStateException("Posts refuses what an import has written");
        }
        return answer.body();
    }
}
