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

/// The reverse proxies whose `X-Forwarded-*` headers are trusted (`TARN_TRUSTED_PROXIES`); none by
/// default.
@Singleton
final class TrustedProxies {

    private static final Logger LOG = Logger.getLogger(TrustedProxies.class);

    private final List<NetworkBlock> proxies;
    private final AtomicBoolean warned = new AtomicBoolean();

    /// @param proxies addresses or CIDR blocks
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

    /// Logs once that `X-Forwarded-For` arrives although no proxy is trusted: behind a proxy, all
    /// clients then share its address.
    void warnOfUntrusted(String peer) {
        if (proxies.isEmpty() && warned.compareAndSet(false, true)) {
            LOG.warnf(
                    "Requests from %s carry X-Forwarded-For, which is not believed. If that is your reverse proxy,"
                            + " set TARN_TRUSTED_PROXIES=%s.",
                    peer, peer);
        }
    }

    /// Whether an address is a trusted proxy's.
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

    /// The client behind trusted proxies: the last hop of `X-Forwarded-For` that is not one of
    /// them, since earlier hops can be forged.
    ///
    /// @param peer the trusted proxy that connected
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
