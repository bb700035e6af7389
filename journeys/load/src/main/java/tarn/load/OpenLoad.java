package tarn.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// An open loop: requests come at a rate, whether or not the earlier ones have been answered. A request whose
/// time has come while every connection waits for an answer is sent as soon as one is free.
final class OpenLoad {

    private static final int OVERLOADED = 503;

    /// @param good what was answered as asked; the time is from sending
    /// @param refused what was answered with 503; the time is from sending
    /// @param all every answer; the time is from when the request was to be sent
    record Outcome(Result good, Result refused, Result all) {}

    private final URI server;
    private final int connections;
    private final double perSecond;
    private final Supplier<byte[]> requests;
    private final Times good = new Times();
    private final Times refused = new Times();
    private final Times all = new Times();

    OpenLoad(URI server, int connections, double perSecond, Supplier<byte[]> requests) {
        this.server = server;
        this.connections = connections;
        this.perSecond = perSecond;
        this.requests = requests;
    }

    private static final class Slot {
        private final HttpConnection connection;
        private long due;

        Slot(HttpConnection connection) {
            this.connection = connection;
        }
    }

    /// @throws IOException when an answer is neither 200 nor 503
    Outcome run(Duration time) throws IOException {
        long start = System.nanoTime();
        List<HttpConnection> open = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            Deque<Slot> free = new ArrayDeque<>();
            for (int i = 0; i < connections; i++) {
                HttpConnection connection = new HttpConnection(server);
                open.add(connection);
                Slot slot = new Slot(connection);
                connection.register(selector, slot);
                free.add(slot);
            }
            long sent = 0;
            long end = start + time.toNanos();
            while (System.nanoTime() < end) {
                long due = start + (long) (sent * 1e9 / perSecond);
                while (!free.isEmpty() && due <= System.nanoTime()) {
                    Slot slot = free.remove();
                    slot.due = due;
                    slot.connection.send(requests.get());
                    sent++;
                    due = start + (long) (sent * 1e9 / perSecond);
                }
                selector.select(key -> receive((Slot) key.attachment(), free), 1);
            }
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        } finally {
            for (HttpConnection connection : open) {
                connection.close();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Outcome(
                new Result(good.stream(), seconds),
                new Result(refused.stream(), seconds),
                new Result(all.stream(), seconds));
    }

    private void receive(Slot slot, Deque<Slot> free) {
        try {
            if (!slot.connection.receive()) {
                return;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        int status = slot.connection.answer().status();
        if (status != 200 && status != OVERLOADED) {
            throw new UncheckedIOException(new IOException(
                    "Neither 200 nor 503: " + slot.connection.answer().text()));
        }
        (status == 200 ? good : refused).add(slot.connection.time());
        all.add(System.nanoTime() - slot.due);
        free.add(slot);
    }
}
