package tarn.platform;

import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An IP address or a CIDR block of them, as operators write it.
public final class NetworkBlock {

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}");

    private final CidrAddress block;

    private NetworkBlock(CidrAddress block) {
        this.block = block;
    }

    /// @param text as in `192.0.2.1` or `10.0.0.0/8`
    /// @return null when it is neither
    public static @Nullable NetworkBlock parse(String text) {
        if (text.indexOf('/') >= 0) {
            CidrAddress block = Inet.parseCidrAddress(text.strip());
            return block == null ? null : new NetworkBlock(block);
        }
        InetAddress address = address(text);
        return address == null ? null : new NetworkBlock(CidrAddress.create(address, address.getAddress().length * 8));
    }

    /// Whether the address is in it.
    public boolean contains(InetAddress address) {
        return block.matches(address);
    }

    /// An address as proxies write it: also with a port, in brackets or quotation marks, or an IPv4
    /// address as IPv6. Null when it is none.
    public static @Nullable InetAddress address(String text) {
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
}
