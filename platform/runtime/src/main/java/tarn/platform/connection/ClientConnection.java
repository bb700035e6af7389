package tarn.platform.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An HTTP connection of a client that may not read: Vert.x closes a connection only after everything
/// was sent, which such a client delays without limit.
public final class ClientConnection {

    private final HttpConnection connection;
    private final @Nullable Channel channel;

    /// Identity of the buffer that is being sent: its memory is not held on to.
    private int message;

    private long sent;
    private long since;

    public ClientConnection(HttpConnection connection) {
        this.connection = connection;
        this.channel = connection instanceof ConnectionBase netty ? netty.channel() : null;
    }

    /// Closes it at once; bytes that its client has not read are discarded. To be called on its event loop.
    public void close() {
        if (!reset()) {
            connection.close();
        }
    }

    /// Closes it at once if bytes wait for its client after all that was written so far.
    public void closeIfUnread() {
        Channel netty = channel;
        if (netty != null) {
            netty.eventLoop().execute(this::reset);
        }
    }

    /// Whether its client has taken none of the bytes that wait for it for so long, as far as calls of
    /// this method have seen: to be called often, on the event loop of the connection.
    public boolean isStalled(Duration timeout) {
        long now = System.nanoTime();
        ChannelOutboundBuffer buffer = buffer();
        int current = buffer == null ? 0 : System.identityHashCode(buffer.current());
        long progress = buffer == null ? 0 : buffer.currentProgress();
        if (current == 0 || current != message || progress != sent) {
            message = current;
            sent = progress;
            since = now;
        }
        return current != 0 && now - since >= timeout.toNanos();
    }

    private @Nullable ChannelOutboundBuffer buffer() {
        return channel == null ? null : channel.unsafe().outboundBuffer();
    }

    /// With a linger of 0 the operating system keeps nothing for the client either. The channel is closed
    /// behind its handlers, because that of Vert.x would wait until everything was sent.
    private boolean reset() {
        ChannelOutboundBuffer buffer = buffer();
        if (channel == null || buffer == null || buffer.totalPendingWriteBytes() == 0) {
            return false;
        }
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.unsafe().close(channel.newPromise());
        return true;
    }
}
