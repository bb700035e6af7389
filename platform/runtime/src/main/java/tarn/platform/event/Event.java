package tarn.platform.event;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that has happened to one row.
///
/// @param type the noun and a past participle, as in `task.completed`
/// @param id of the row
/// @param part the rest of the row's key where that has two parts; null elsewhere
/// @param actor the user who did it; null when nobody did
/// @param trace the W3C traceparent of the request; null when it had none
/// @param more what the row itself does not say; becomes a JSON object, by the names of the contract
public record Event(
        String type,
        UUID id,
        @Nullable UUID part,
        @Nullable UUID actor,
        @Nullable String trace,
        Object more) {

    /// An event of the request that this thread serves.
    public static Event of(String type, UUID id, @Nullable UUID actor) {
        return new Event(type, id, null, actor, RequestTrace.traceparent(), Map.of());
    }

    /// The same for a row whose key has two parts.
    public Event part(UUID other) {
        return new Event(type, id, other, actor, trace, more);
    }

    /// The same, which also says this.
    ///
    /// @param other becomes a JSON object; holds no free text
    public Event saying(Object other) {
        return new Event(type, id, part, actor, trace, other);
    }
}
