package tarn.identity;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The IP address and user agent of a request.
///
/// @param address empty when unknown
/// @param userAgent at most 300 printable characters
record Device(String address, String userAgent) {

    private static final int MAX_LENGTH = 300;

    Device {
        address = literal(address) ? address : "";
        userAgent = printable(userAgent);
    }

    /// @param forwardedFor header set by the gateway; its last address is the one the gateway has
    /// seen
    /// @param peer address of the connection, used without a gateway
    static Device of(@Nullable String forwardedFor, String peer, @Nullable String userAgent) {
        String address = forwardedFor == null
                ? peer
                : forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).strip();
        return new Device(address, userAgent == null ? "" : userAgent);
    }

    /// Key for rate limits: the IPv4 address, or the /64 network of an IPv6 address, in which a
    /// client can choose freely.
    String neighbourhood() {
        if (address.indexOf(':') < 0) {
            return address;
        }
        InetAddress literal = InetAddress.ofLiteral(address);
        if (literal instanceof Inet4Address mapped) {
            return mapped.getHostAddress();
        }
        byte[] bytes = literal.getAddress();
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < Math.min(8, bytes.length); i++) {
            network.append(Character.forDigit((bytes[i] >> 4) & 0xF, 16))
                    .append(Character.forDigit(bytes[i] & 0xF, 16));
        }
        return network.toString();
    }

    private static boolean literal(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException foreign) {
            return false;
        }
    }

    private static String printable(String text) {
        return text.codePoints()
                .filter(point -> !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE)
                .limit(MAX_LENGTH)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
