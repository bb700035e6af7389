package tarn.journeys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import tarn.testing.Api;

/// A user of Tarn who means it no good and writes HTTP by hand, so that a request can stay unfinished and an answer
/// unread. Closing it closes what it holds open.
final class Attacker implements AutoCloseable {

    private static final int TIMEOUT_MILLISECONDS = 70_000;
    private static final int IMPORT_SECONDS = 120;
    private static final int POLL_MILLISECONDS = 200;

    private final int port;
    private final String token;
    private final String projectId;
    private final Queue<Socket> held = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();

    /// @param token personal, with every scope
    /// @param projectId where it may write
    Attacker(URI url, String token, String projectId) {
        this.port = url.getPort();
        this.token = token;
        this.projectId = projectId;
    }

    /// How often each status was answered; 0 stands for no answer.
    Map<Integer, Integer> answers() {
        return answers;
    }

    String projectId() {
        return projectId;
    }

    /// Header lines of a signed-in user.
    String authorization() {
        return "Authorization: Bearer " + token + "\r\n";
    }

    /// Sends a request and reads its answer.
    ///
    /// @param headers whole lines, as many as wanted
    /// @return the status; 0 when the connection was closed without one
    int ask(String method, String path, String headers, byte[] body) {
        try (Socket socket = connect()) {
            // An early refusal is to be read, though the rest of the body was not taken.
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(head(method, path, headers + "Connection: close\r\n", body.length));
                    socket.getOutputStream().write(body);
                } catch (IOException refused) {
                    // What is answered tells.
                }
            });
            int status = status(socket.getInputStream());
            sender.join();
            answers.merge(status, 1, Integer::sum);
            return status;
        } catch (IOException cut) {
            answers.merge(0, 1, Integer::sum);
            return 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    int json(String path, String body) {
        return ask(
                "POST",
                path,
                authorization() + "Content-Type: application/json\r\n",
                body.getBytes(StandardCharsets.UTF_8));
    }

    int graphql(String query) {
        return json("/graphql", "{\"query\":\"" + query.replace("\n", " ").replace("\"", "\\\"") + "\"}");
    }

    int importFile(byte[] file) {
        return ask("POST", "/api/imports", authorization() + "Content-Type: application/octet-stream\r\n", file);
    }

    /// Waits until no import of this user is left to do.
    ///
    /// @return the states in which its latest imports have ended, latest first
    List<String> awaitImports() {
        Api api = Api.at(URI.create("http://localhost:" + port)).bearer(token);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(IMPORT_SECONDS);
        while (true) {
            List<String> states = api.get("/api/jobs").json().findValuesAsText("state");
            if (states.stream().noneMatch(Set.of("queued", "running")::contains)) {
                return states;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("Imports have not ended: " + states);
            }
            pause(POLL_MILLISECONDS);
        }
    }

    /// Begins a request of so many bytes, sends some of them and leaves it at that.
    void begin(String path, String headers, int length, int sent) {
        hold(out -> {
            out.write(head("POST", path, headers, length));
            byte[] chunk = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
            for (int left = sent; left > 0; left -= chunk.length) {
                out.write(chunk, 0, Math.min(left, chunk.length));
            }
        });
    }

    /// Sends bytes on a new connection and reads nothing.
    void send(String text) {
        hold(out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private interface Sending {
        void to(OutputStream out) throws IOException;
    }

    private void hold(Sending sending) {
        try {
            Socket socket = connect();
            held.add(socket);
            socket.setSoLinger(true, 0);
            // What is not taken must not hold the attacker: the server has then done what it should.
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    sending.to(socket.getOutputStream());
                } catch (IOException refused) {
                    // That is the point.
                }
            });
            sender.join(2_000);
        } catch (IOException refused) {
            // No more connections are taken.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Does the same from several connections at once.
    static void atOnce(int count, IntConsumer action) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> action.accept(number)));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    static void pause(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLISECONDS);
        socket.connect(new InetSocketAddress("localhost", port), TIMEOUT_MILLISECONDS);
        return socket;
    }

    private byte[] head(String method, String path, String headers, int length) {
        return (method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headers + "Content-Length: "
                        + length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Reads the whole answer away.
    private static int status(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        byte[] rest = new byte[8192];
        while (in.read(rest) >= 0) {
            // Not kept.
        }
        String[] words = line.toString(StandardCharsets.US_ASCII).split(" ", 3);
        return words.length < 2 ? 0 : Integer.parseInt(words[1]);
    }

    @Override
    public void close() {
        for (Socket socket = held.poll(); socket != null; socket = held.poll()) {
            try {
                socket.close();
            } catch (IOException closed) {
                // It is.
            }
        }
    }
}
