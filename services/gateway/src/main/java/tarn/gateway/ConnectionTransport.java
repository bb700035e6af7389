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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Puts [ConnectionLimit] in front of every port of this process, and [RequestDecoder] in the place of
/// Vert.x's own on each connection. Vert.x finds it by its service file: neither it nor Quarkus has
/// another way to hear of connections before they are read from, or of requests that are not well-formed.
public final class ConnectionTransport extends JDKTransport implements VertxServiceProvider {

    static final int MAX_CONNECTIONS = 4_096;
    static final int MAX_CONNECTIONS_PER_ADDRESS = 256;

    /// What the process opens beside the connections of clients: libraries, bodies, the database, services.
    private static final int OTHER_DESCRIPTORS = 1_024;

    private static final Logger LOG = Logger.getLogger(ConnectionTransport.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private static final String DECODER = "httpDecoder";

    private final Supplier<ConnectionLimit> limits;

    /// As the settings say.
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

    /// Says what to do when the system would refuse connections before the limit does.
    private static void warnOfFewDescriptors(int max) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            String warning = fewDescriptors(max, system.getMaxFileDescriptorCount());
            if (warning != null && WARNED.compareAndSet(false, true)) {
                LOG.warn(warning);
            }
        }
    }

    /// @param descriptors how many files this process may open
    /// @return what to do; null when they are enough
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
            return server;
        };
    }

    /// Sees connections that have been let in, before Vert.x does.
    private static final class Accepted extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ((Channel) message).pipeline().addLast(new Begun());
            context.fireChannelRead(message);
        }
    }

    /// Changes the decoder once Vert.x has put its handlers there.
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
