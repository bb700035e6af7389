package tarn.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Closed loops over kept-alive HTTP/1.1 connections, each of which sends the next request as soon as the
/// last is answered. All of them share one thread and as little work as possible, because it runs on the
/// cores it measures.
final class HttpLoad implements Load {

    /// How an answer is known to be whole, at little cost: what comes in place of one is short.
    ///
    /// @param bytes the least that its body has
    record Expected(int status, int bytes) {}

    private final URI server;
    private final int connections;
    private final Expected expected;
    private final Supplier<byte[]> requests;

    HttpLoad(URI server, int connections, Expected expected, Supplier<byte[]> requests) {
        this.server = server;
        this.connections = connections;
        this.expected = expected;
        this.requests = requests;
    }

    /// The bytes of a request.
    ///
    /// @param headers further ones, as `Name: value`
    static byte[] request(String method, String path, String token, String body, String... headers) {
        StringBuilder text = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n");
        if (!token.isEmpty()) {
            text.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Type: application/json\r\nContent-Length: ");
            text.append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The bytes of one answer's body on the wire.
    static int length(URI server, byte[] request) throws IOException {
        try (Selector selector = Selector.open();
                HttpConnection connection = new HttpConnection(server)) {
            connection.register(selector, connection);
            connection.send(request);
            boolean whole = false;
            while (!whole) {
                selector.select();
                selector.selectedKeys().clear();
                whole = connection.receive();
            }
            return connection.answer().bytes();
        }
    }

    /// @throws IOException when an answer is not the expected one
    @Override
    public Result run(Duration time) throws IOException {
        Times times = new Times();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<HttpConnection> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                HttpConnection connection = new HttpConnection(server);
                all.add(connection);
                connection.register(selector, connection);
                connection.send(requests.get());
            }
            int open = connections;
            while (open > 0) {
                open -= round(selector, end, times);
            }
            return new Result(times.stream(), (System.nanoTime() - start) / 1e9);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        } finally {
            for (HttpConnection connection : all) {
                connection.close();
            }
        }
    }

    /// Receives what has arrived.
    ///
    /// @return how many connections have come to their end
    private int round(Selector selector, long end, Times times) throws IOException {
        int[] ended = {0};
        selector.select(key -> {
            HttpConnection connection = (HttpConnection) key.attachment();
            try {
                if (connection.receive()) {
                    expect(connection.answer());
                    times.add(connection.time());
                    if (System.nanoTime() < end) {
                        connection.send(requests.get());
                    } else {
                        key.cancel();
                        ended[0]++;
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        return ended[0];
    }

    private void expect(HttpAnswer answer) throws IOException {
        if (answer.status() != expected.status() || answer.bytes() < expected.bytes()) {
            throw new IOException(expected + ", but got " + answer.text());
        }
    }
}
