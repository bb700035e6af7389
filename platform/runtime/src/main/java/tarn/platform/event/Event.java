package tarn.platform.event;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change of one row, to be written to the outbox.
///
/// @param type the noun and a past participle, as in `task.completed`
/// @param id of the row
/// @param part second column of a composite key; null for a simple key
/// @param actor the user who made the change; null for none
/// @param trace the W3C traceparent of the request; null for none
/// @param more further properties as a JSON object, with the contract's names
public record Event(
        String type,
        UUID id,
        @Nullable UUID part,
        @Nullable UUID actor,
        @Nullable String trace,
        Object more) {

    /// An event of the current request, with its traceparent.
    public static Event of(String type, UUID id, @Nullable UUID actor) {
        return new Event(type, id, null, actor, RequestTrace.traceparent(), Map.of());
    }

    /// A copy for a row with a composite key.
    public Event part(UUID other) {
        return new Event(type, id, other, actor, trace, more);
    }

    /// A copy with further properties.
    ///
    /// @param other becomes a JSON object; must not hold free text
    public Event saying(Object other) {
        return new Event(type, id, part, actor, trace, other);
    }
}
