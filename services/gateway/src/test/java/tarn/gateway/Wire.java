package tarn.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.ConfigProvider;

/// A connection on which a test writes what no HTTP client would.
final class Wire implements AutoCloseable {

    private final Socket socket;

    Wire() throws IOException {
        this(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class))
                .getPort());
    }

    Wire(int port) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(15_000);
    }

    /// One that takes little of what is sent to it before that is read.
    static Wire narrow() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        int port = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class))
                .getPort();
        socket.connect(new InetSocketAddress("localhost", port));
        return new Wire(socket);
    }

    private Wire(Socket socket) {
        this.socket = socket;
    }

    /// Sends a request that ends the connection, and reads all that is answered.
    static String answer(String request) throws IOException {
        try (Wire wire = new Wire()) {
            wire.send(request);
            return wire.rest();
        }
    }

    /// A GET of exactly this target.
    static String get(String target) throws IOException {
        return answer("GET " + target + " HTTP/1.1\r\nHost: tarn.example\r\nConnection: close\r\n\r\n");
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /// The next line, without its end.
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// Whether it is closed from the other end before anything is said.
    boolean ends() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /// Whether a request is answered with 200, on a connection that stays open.
    boolean isServed() {
        try {
            send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            byte[] answer = new byte[512];
            int length = socket.getInputStream().read(answer);
            return length > 0 && new String(answer, 0, length, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 200 ");
        } catch (IOException closed) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
