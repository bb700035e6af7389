package tarn.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A kept-alive HTTP/1.1 connection on which one request at a time is asked.
final class HttpConnection implements AutoCloseable {

    private final SocketChannel channel;
    private final ByteBuffer arrived = ByteBuffer.allocateDirect(1 << 16);
    private HttpAnswer answer = new HttpAnswer();
    private long sent;

    HttpConnection(URI server) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
    }

    /// Lets the selector tell when something has arrived.
    ///
    /// @param attachment what the key carries
    void register(Selector selector, Object attachment) throws ClosedChannelException {
        channel.register(selector, SelectionKey.OP_READ, attachment);
    }

    void send(byte[] bytes) throws IOException {
        answer = new HttpAnswer();
        sent = System.nanoTime();
        for (ByteBuffer request = ByteBuffer.wrap(bytes); request.hasRemaining(); ) {
            channel.write(request);
        }
    }

    /// Whether that was the last of an answer.
    boolean receive() throws IOException {
        arrived.clear();
        if (channel.read(arrived) < 0) {
            throw new EOFException("The server hung up");
        }
        arrived.flip();
        answer.add(arrived);
        return answer.isWhole();
    }

    HttpAnswer answer() {
        return answer;
    }

    /// Nanoseconds since the last request was sent.
    long time() {
        return System.nanoTime() - sent;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
