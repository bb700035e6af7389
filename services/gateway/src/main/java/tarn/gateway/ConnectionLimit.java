package tarn.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// Limits open connections of a port, in total and per address; excess connections are closed
/// before they are read. Loopback and trusted proxies count only in total.
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = Logger.getLogger(ConnectionLimit.class);

    private static final long WARNING_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int max;
    private final int maxPerAddress;
    private final TrustedProxies proxies;

    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentMap<String, Integer> perAddress = new ConcurrentHashMap<>();

    /// Confined to the thread that accepts connections.
    private long warned = System.nanoTime() - WARNING_NANOS;

    ConnectionLimit(int max, int maxPerAddress, TrustedProxies proxies) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.proxies = proxies;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel connection = (Channel) message;
        InetAddress address = connection.remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress()
                : InetAddress.getLoopbackAddress();
        if (admit(address)) {
            connection.closeFuture().addListener(_ -> release(address));
            context.fireChannelRead(message);
        } else {
            connection.unsafe().closeForcibly();
        }
    }

    /// Counts a connection if it is within the limits; false when it is not.
    boolean admit(InetAddress address) {
        if (count.incrementAndGet() > max) {
            count.decrementAndGet();
            warn("%d connections are open: further ones are closed at once. TARN_MAX_CONNECTIONS sets the limit.", max);
            return false;
        }
        if (!counts(address)) {
            return true;
        }
        if (perAddress.merge(network(address), 1, Integer::sum) > maxPerAddress) {
            release(address);
            warn(
                    "%d connections from " + address.getHostAddress()
                            + " are open: further ones are closed at once. TARN_MAX_CONNECTIONS_PER_ADDRESS sets the"
                            + " limit; a reverse proxy belongs into TARN_TRUSTED_PROXIES.",
                    maxPerAddress);
            return false;
        }
        return true;
    }

    void release(InetAddress address) {
        count.decrementAndGet();
        if (counts(address)) {
            perAddress.computeIfPresent(network(address), (_, open) -> open == 1 ? null : open - 1);
        }
    }

    private boolean counts(InetAddress address) {
        return !address.isLoopbackAddress() && !proxies.include(address);
    }

    /// An IPv4 address, or the network of an IPv6 address.
    private static String network(InetAddress address) {
        return RateLimit.network(address.getHostAddress());
    }

    /// Logs at most once a minute.
    private void warn(String message, int limit) {
        long now = System.nanoTime();
        if (now - warned >= WARNING_NANOS) {
            warned = now;
            LOG.warnf(message, limit);
        }
    }
}
