package tarn.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

/// One kept-alive HTTP/1.1 connection that sends what it is given and reads the answer; as little work
/// as possible, because it runs on the cores it measures.
final class HttpWork implements Load.Work {

    /// How an answer is known to be whole, at little cost: what comes in place of one is short.
    ///
    /// @param bytes the least that its body has
    record Expected(int status, int bytes) {}

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Supplier<byte[]> requests;
    private final Expected expected;

    HttpWork(URI server, Expected expected, Supplier<byte[]> requests) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
        this.requests = requests;
        this.expected = expected;
    }

    /// The bytes of a request.
    static byte[] request(String method, String path, String token, String body) {
        StringBuilder text = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n");
        if (!token.isEmpty()) {
            text.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Type: application/json\r\nContent-Length: ");
            text.append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
        }
        return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void once() throws IOException {
        out.write(requests.get());
        String status = line();
        int length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                chunked = true;
            }
        }
        if (chunked) {
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                in.skipNBytes(size);
                line();
                length += size;
            }
            line();
        } else {
            in.skipNBytes(length);
        }
        if (!status.startsWith("HTTP/1.1 " + expected.status()) || length < expected.bytes()) {
            throw new IOException(expected + ", but got " + status + " and " + length + " bytes");
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
