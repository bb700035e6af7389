package tarn.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import tarn.testing.Api;
import tarn.testing.EventStream;
import tarn.testing.EventStream.SentEvent;

/// Follows a live stream as browsers do: comes back with its position whenever the stream ends, to
/// several gateways in turns.
final class LiveReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration BACKOFF = Duration.ofMillis(100);

    /// One stream from its begin to its end.
    static final class LiveConnection {

        private final String lastEventId;
        private final List<SentEvent> events = new ArrayList<>();

        /// @param lastEventId the position that is sent; empty for none
        LiveConnection(String lastEventId) {
            this.lastEventId = lastEventId;
        }

        String lastEventId() {
            return lastEventId;
        }

        /// What has come, in its order.
        synchronized List<SentEvent> events() {
            return List.copyOf(events);
        }

        synchronized void add(List<SentEvent> more) {
            events.addAll(more);
        }
    }

    private final List<Api> gateways;
    private final String path;
    private final List<LiveConnection> connections = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean ending;

    /// @param gateways with the credential of a user
    LiveReader(List<Api> gateways, String path) {
        this.gateways = List.copyOf(gateways);
        this.path = path;
        this.thread = Thread.ofVirtual().name("live-reader").start(this::run);
    }

    private void run() {
        String position = "";
        for (int turn = 0; !ending; turn++) {
            Api gateway = gateways.get(turn % gateways.size());
            try (EventStream stream =
                    (position.isEmpty() ? gateway : gateway.header("Last-Event-ID", position)).stream(path)) {
                if (stream.status() == 200) {
                    read(stream, new LiveConnection(position));
                    position = stream.lastId().isEmpty() ? position : stream.lastId();
                }
            } catch (RuntimeException away) {
                // The next one.
            }
            LockSupport.parkNanos(BACKOFF.toNanos());
        }
    }

    private void read(EventStream stream, LiveConnection connection) {
        connections.add(connection);
        while (stream.isOpen() && !ending) {
            connection.add(stream.rest());
            LockSupport.parkNanos(POLL.toNanos());
        }
        connection.add(stream.rest());
    }

    /// The streams so far, the last of which may be open.
    List<LiveConnection> connections() {
        return connections;
    }

    /// What has come in all streams.
    List<SentEvent> events() {
        return connections.stream()
                .flatMap(connection -> connection.events().stream())
                .toList();
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
