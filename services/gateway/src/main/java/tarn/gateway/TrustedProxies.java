package tarn.gateway;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.NetworkBlock;

/// The reverse proxies in front of this gateway, whose word on who is asking is believed.
@Singleton
final class TrustedProxies {

    private static final Logger LOG = Logger.getLogger(TrustedProxies.class);

    private final List<NetworkBlock> proxies;
    private final AtomicBoolean warned = new AtomicBoolean();

    /// @param proxies addresses or CIDR blocks; none by default
    TrustedProxies(@ConfigProperty(name = "tarn.trusted.proxies") Optional<List<String>> proxies) {
        this.proxies =
                proxies.orElse(List.of()).stream().map(TrustedProxies::block).toList();
    }

    private static NetworkBlock block(String text) {
        NetworkBlock block = NetworkBlock.parse(text);
        if (block == null) {
            throw new IllegalArgumentException("TARN_TRUSTED_PROXIES: \"" + text + "\" is no address or block.");
        }
        return block;
    }

    /// Says once that `X-Forwarded-For` comes although nobody is trusted: behind a proxy, everybody
    /// then has the proxy's address.
    void warnOfUntrusted(String peer) {
        if (proxies.isEmpty() && warned.compareAndSet(false, true)) {
            LOG.warnf(
                    "Requests from %s carry X-Forwarded-For, which is not believed. If that is your reverse proxy,"
                            + " set TARN_TRUSTED_PROXIES=%s.",
                    peer, peer);
        }
    }

    /// Whether the peer of a connection is one of them.
    boolean include(String address) {
        if (proxies.isEmpty()) {
            return false;
        }
        InetAddress parsed = NetworkBlock.address(address);
        return parsed != null && include(parsed);
    }

    boolean include(InetAddress address) {
        return proxies.stream().anyMatch(block -> block.contains(address));
    }

    /// The client behind trusted proxies: of the hops that `X-Forwarded-For` tells, the last that is
    /// not one of them. What stands before it can be invented.
    ///
    /// @param peer the trusted proxy that has connected
    String client(String peer, @Nullable String forwardedFor) {
        String client = peer;
        if (forwardedFor != null) {
            String[] hops = forwardedFor.split(",", -1);
            for (int i = hops.length - 1; i >= 0 && include(client); i--) {
                InetAddress hop = NetworkBlock.address(hops[i]);
                if (hop == null) {
                    break;
                }
                client = hop.getHostAddress();
            }
        }
        return client;
    }
}
