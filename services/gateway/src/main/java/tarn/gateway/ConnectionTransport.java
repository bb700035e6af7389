package tarn.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.spi.VertxServiceProvider;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Installs [ConnectionLimit] on every port (by default 4,096 connections, 256 per address) and
/// [RequestDecoder] on every connection; closes the ports at shutdown.
///
/// Vert.x loads it through its service file; neither Vert.x nor Quarkus has another hook for unread
/// connections or malformed requests.
public final class ConnectionTransport extends JDKTransport implements VertxServiceProvider {

    static final int MAX_CONNECTIONS = 4_096;
    static final int MAX_CONNECTIONS_PER_ADDRESS = 256;

    /// File descriptors for everything but client connections: libraries, bodies, the database,
    /// services.
    private static final int OTHER_DESCRIPTORS = 1_024;

    private static final Logger LOG = Logger.getLogger(ConnectionTransport.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private static final String DECODER = "httpDecoder";
    private static final Set<ServerChannel> LISTENING = ConcurrentHashMap.newKeySet();

    private final Supplier<ConnectionLimit> limits;

    /// Uses the limits of the settings.
    public ConnectionTransport() {
        this(ConnectionTransport::limit);
    }

    ConnectionTransport(Supplier<ConnectionLimit> limits) {
        this.limits = limits;
    }

    private static ConnectionLimit limit() {
        Config config = ConfigProvider.getConfig();
        int max = config.getOptionalValue("tarn.max.connections", Integer.class).orElse(MAX_CONNECTIONS);
        warnOfFewDescriptors(max);
        Optional<List<String>> proxies = config.getOptionalValues("tarn.trusted.proxies", String.class);
        return new ConnectionLimit(
                max,
                config.getOptionalValue("tarn.max.connections.per.address", Integer.class)
                        .orElse(MAX_CONNECTIONS_PER_ADDRESS),
                new TrustedProxies(proxies));
    }

    /// Logs what to do when the process has fewer file descriptors than connections may need.
    private static void warnOfFewDescriptors(int max) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            String warning = fewDescriptors(max, system.getMaxFileDescriptorCount());
            if (warning != null && WARNED.compareAndSet(false, true)) {
                LOG.warn(warning);
            }
        }
    }

    /// @param descriptors open files allowed to this process
    /// @return what to do; null when they suffice
    static @Nullable String fewDescriptors(int connections, long descriptors) {
        long needed = (long) connections + OTHER_DESCRIPTORS;
        return descriptors >= needed
                ? null
                : "This process may open %d files, which is too few for %d connections: raise ulimit -n to %d, or"
                                .formatted(descriptors, connections, needed)
                        + " lower TARN_MAX_CONNECTIONS.";
    }

    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(this);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        ChannelFactory<? extends ServerChannel> usual = super.serverChannelFactory(domainSocket);
        return () -> {
            ServerChannel server = usual.newChannel();
            server.pipeline().addLast(limits.get(), new Accepted());
            LISTENING.add(server);
            var _ = server.closeFuture().addListener(_ -> LISTENING.remove(server));
            return server;
        };
    }

    /// Refuses new connections on all ports of this process; open ones stay.
    static void stopListening() {
        for (ServerChannel server : LISTENING) {
            var _ = server.close();
        }
    }

    /// Handles accepted connections before Vert.x does.
    private static final class Accepted extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ((Channel) message).pipeline().addLast(new Begun());
            context.fireChannelRead(message);
        }
    }

    /// Replaces the decoder once Vert.x has installed its handlers.
    private static final class Begun extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (context.pipeline().get(DECODER) instanceof VertxHttpRequestDecoder) {
                context.pipeline().replace(DECODER, DECODER, new RequestDecoder(BodyFault.on(context.channel())));
            }
            context.pipeline().remove(this);
            context.fireChannelActive();
        }
    }
}
