package tarn.gateway;

import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The reverse proxies in front of this gateway, whose word on who is asking is believed.
@Singleton
final class TrustedProxies {

    private final List<CidrAddress> proxies;

    /// @param proxies addresses or CIDR blocks; none by default
    TrustedProxies(@ConfigProperty(name = "tarn.trusted.proxies") Optional<List<String>> proxies) {
        this.proxies =
                proxies.orElse(List.of()).stream().map(TrustedProxies::block).toList();
    }

    private static CidrAddress block(String text) {
        CidrAddress block;
        if (text.indexOf('/') >= 0) {
            block = Inet.parseCidrAddress(text.strip());
        } else {
            InetAddress address = Inet.parseInetAddress(text.strip());
            block = address == null ? null : CidrAddress.create(address, address.getAddress().length * 8);
        }
        if (block == null) {
            throw new IllegalArgumentException("TARN_TRUSTED_PROXIES: \"" + text + "\" is no address or block.");
        }
        return block;
    }

    /// Whether the peer of a connection is one of them.
    boolean include(String address) {
        if (proxies.isEmpty()) {
            return false;
        }
        InetAddress parsed = Inet.parseInetAddress(address);
        return parsed != null && proxies.stream().anyMatch(block -> block.matches(parsed));
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
                InetAddress hop = Inet.parseInetAddress(hops[i].strip());
                if (hop == null) {
                    break;
                }
                client = hop.getHostAddress();
            }
        }
        return client;
    }
}
