package tarn.worker;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tarn.catalogue.Catalogue;
import tarn.platform.event.DeliveredEvent;
import tarn.platform.event.EventSignal;
import tarn.platform.event.FeedLoop;
import tarn.platform.service.Routes;
import tarn.platform.service.ServiceClient;

/// Follows events, and has posts deleted for good whose project or task is gone for good; handles
/// events of one second together.
@Singleton
final class PurgeFollower {

    private static final String PROJECT_PURGED = "project.purged";
    private static final String TASK_PURGED = "task.purged";

    /// Nobody waits for posts to go, so events of one second share a commit.
    private static final Duration LINGER = Duration.ofSeconds(1);

    private record Purged(Set<UUID> projects, Set<UUID> tasks) {}

    private final ServiceClient services;
    private final Routes routes;
    private final FeedLoop loop;

    PurgeFollower(CursorStore cursors, EventSignal signal, ServiceClient services, Routes routes) {
        this.services = services;
        this.routes = routes;
        this.loop = new FeedLoop("follower-of-purges", cursors.feed(), signal, LINGER, this::handle);
    }

    void begin() {
        loop.begin();
    }

    void end() {
        loop.close();
    }

    private void handle(List<DeliveredEvent> events) {
        Purged purged = new Purged(ids(events, PROJECT_PURGED), ids(events, TASK_PURGED));
        boolean nothing = purged.projects().isEmpty() && purged.tasks().isEmpty();
        if (nothing || !routes.services().has(Catalogue.POSTS)) {
            return;
        }
        boolean more = true;
        while (more) {
            more = services.inBackgroundTo(Catalogue.POSTS)
                    .repeatable()
                    .post("/internal/posts/purges", purged, JsonNode.class)
                    .path("more")
                    .asBoolean();
        }
    }

    private static Set<UUID> ids(List<DeliveredEvent> events, String type) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .map(DeliveredEvent::aggregateId)
                .collect(Collectors.toSet());
    }
}
