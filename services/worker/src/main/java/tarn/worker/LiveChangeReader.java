package tarn.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tarn.platform.event.DeliveredEvent;

/// Turns events into what the members of a project are told: which row has changed, not what it
/// says. Events of other rows and of upgrades are left out.
@Singleton
final class LiveChangeReader {

    private static final String PROJECT = "project";
    private static final String MEMBER = "member";

    /// The rows that members of a project may see.
    private static final Set<String> RESOURCES = Set.of(PROJECT, "task", "label", "section", MEMBER, "item", "post");

    private final ObjectMapper mapper;

    LiveChangeReader(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /// The changes of projects among events.
    List<LiveChange> changes(List<DeliveredEvent> events) {
        return events.stream().map(this::change).filter(Objects::nonNull).toList();
    }

    /// What an event tells; null when it is nobody's, or of an upgrade.
    private @Nullable LiveChange change(DeliveredEvent event) {
        String resource = event.aggregateType();
        if (!RESOURCES.contains(resource) || event.type().endsWith(".snapshot")) {
            return null;
        }
        JsonNode row = row(event);
        UUID project = resource.equals(PROJECT) ? event.aggregateId() : id(row.path("projectId"));
        if (project == null) {
            return null;
        }
        UUID member = resource.equals(MEMBER) ? id(row.path("userId")) : null;
        String data = "{\"type\":\"%s\",\"resource\":\"%s\",\"id\":\"%s\",\"project\":\"%s\",\"version\":%s,\"by\":%s}"
                .formatted(
                        event.type(),
                        resource,
                        member == null ? event.aggregateId() : member,
                        project,
                        row.path("version").isNumber() ? row.path("version") : "null",
                        event.actor() == null ? "null" : "\"" + event.actor() + '"');
        return new LiveChange(project, data, member, !event.type().equals("member.removed"));
    }

    private JsonNode row(DeliveredEvent event) {
        try {
            return mapper.readTree(event.payload());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable UUID id(JsonNode text) {
        return text.isTextual() ? UUID.fromString(text.asText()) : null;
    }
}
