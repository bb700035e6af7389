package tarn.platform.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as it stands in an outbox.
///
/// @param outbox the service that has written it
/// @param seq its number in that outbox; orders the changes of one row
/// @param id unique, for consumers that may be given an event twice
/// @param type the noun and a past participle, as in `task.completed`
/// @param schema version of the type's schema in `contracts/events`
/// @param aggregateId of the row; the first column of a composite key
/// @param actor the user who made the change; null for none
/// @param trace the W3C traceparent of the request; null for none
/// @param payload JSON, as the type's schema says
public record DeliveredEvent(
        String outbox,
        long seq,
        UUID id,
        String type,
        int schema,
        String aggregateType,
        UUID aggregateId,
        @Nullable UUID actor,
        Instant occurredAt,
        @Nullable String trace,
        String payload) {}
