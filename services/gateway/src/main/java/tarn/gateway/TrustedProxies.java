package tarn.gateway;

import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The reverse proxies in front of this gateway, whose word on who is asking is believed.
@Singleton
final class TrustedProxies {

    private static final Logger LOG = Logger.getLogger(TrustedProxies.class);
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}");

    private final List<CidrAddress> proxies;
    private final AtomicBoolean warned = new AtomicBoolean();

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
            InetAddress address = address(text);
            block = address == null ? null : CidrAddress.create(address, address.getAddress().length * 8);
        }
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

    /// An address as proxies write it: also with a port, in brackets or quotation marks, or an IPv4
    /// address as IPv6. Null when it is none.
    static @Nullable InetAddress address(String text) {
        String plain = text.strip();
        if (plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        int bracket = plain.indexOf(']');
        int colon = plain.indexOf(':');
        if (plain.startsWith("[") && bracket > 0) {
            String rest = plain.substring(bracket + 1);
            plain = rest.isEmpty() || PORT.matcher(rest).matches() ? plain.substring(1, bracket) : "";
        } else if (colon > 0
                && plain.indexOf('.') < colon
                && PORT.matcher(plain.substring(colon)).matches()
                && plain.indexOf('.') > 0) {
            plain = plain.substring(0, colon);
        }
        InetAddress address = Inet.parseInetAddress(plain);
        try {
            // Built anew from its bytes, an IPv4 address that was mapped into IPv6 is one of IPv4.
            return address == null ? null : InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Whether the peer of a connection is one of them.
    boolean include(String address) {
        if (proxies.isEmpty()) {
            return false;
        }
        InetAddress parsed = address(address);
        return parsed != null && include(parsed);
    }

    boolean include(InetAddress address) {
        return proxies.stream().anyMatch(block -> block.matches(address));
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
                InetAddress hop = address(hops[i]);
                if (hop == null) {
                    break;
                }
                client = hop.getHostAddress();
            }
        }
        return client;
    }
}
