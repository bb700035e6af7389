package tarn.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tarn.chaos.LiveReader.LiveConnection;
import tarn.testing.EventStream.SentEvent;

/// Compares which creations of tasks a live stream has told with the positions that it gave.
///
/// @param transactions in which tasks were created, by id
record LiveDeliveries(List<LiveConnection> connections, Map<String, Long> transactions) {

    private static final int RADIX = 36;

    /// A position of a live stream: what was visible in its snapshot has been told.
    ///
    /// @param open transactions below the end that were under way
    private record LiveSnapshot(long end, Set<Long> open) {

        /// @param id as in `1-hxk2a-3f9-4-0.2`; empty for the beginning
        static LiveSnapshot of(String id) {
            if (id.isEmpty()) {
                return new LiveSnapshot(0, Set.of());
            }
            String[] parts = id.split("-", -1);
            long first = Long.parseLong(parts[2], RADIX);
            Set<Long> open = new HashSet<>();
            if (parts.length > 4) {
                for (String distance : parts[4].split("\\.", -1)) {
                    open.add(first + Long.parseLong(distance, RADIX));
                }
            }
            return new LiveSnapshot(first + Long.parseLong(parts[3], RADIX), open);
        }

        boolean shows(long transaction) {
            return transaction < end && !open.contains(transaction);
        }
    }

    /// Tasks told although the position before, sent or received, says that they had been told.
    List<String> repeated() {
        List<String> repeated = new ArrayList<>();
        for (LiveConnection connection : connections) {
            LiveSnapshot sent = LiveSnapshot.of(connection.lastEventId());
            LiveSnapshot received = sent;
            for (SentEvent event : connection.events()) {
                if (isCreation(event)
                        && (sent.shows(transaction(id(event))) || received.shows(transaction(id(event))))) {
                    repeated.add(id(event));
                }
                received = event.id().isEmpty() ? received : LiveSnapshot.of(event.id());
            }
        }
        return repeated;
    }

    /// Tasks never told, but for those that a client has read when its stream began or was reset.
    List<String> missing() {
        Set<String> told = new HashSet<>();
        List<LiveSnapshot> read = new ArrayList<>();
        for (LiveConnection connection : connections) {
            for (SentEvent event : connection.events()) {
                if (isCreation(event)) {
                    told.add(id(event));
                } else if (event.name().equals("reset")
                        || (event.name().equals("ready")
                                && connection.lastEventId().isEmpty())) {
                    read.add(LiveSnapshot.of(event.id()));
                }
            }
        }
        return transactions.keySet().stream()
                .filter(task -> !told.contains(task))
                .filter(task -> read.stream().noneMatch(snapshot -> snapshot.shows(transaction(task))))
                .toList();
    }

    long resets() {
        return connections.stream()
                .flatMap(connection -> connection.events().stream())
                .filter(event -> event.name().equals("reset"))
                .count();
    }

    private long transaction(String task) {
        return Objects.requireNonNull(transactions.get(task), task);
    }

    private static boolean isCreation(SentEvent event) {
        return event.is("task.created");
    }

    private static String id(SentEvent event) {
        return event.data().path("id").asText();
    }
}
