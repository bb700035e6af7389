package tarn.identity;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Where a request comes from, as far as can be told.
///
/// @param address an IP address; empty when unknown
/// @param userAgent what the program calls itself, cut to a sensible length
record Device(String address, String userAgent) {

    private static final int MAX_LENGTH = 300;

    Device {
        address = literal(address) ? address : "";
        userAgent = printable(userAgent);
    }

    /// @param forwardedFor the header that the gateway sets; of several addresses the last, which is
    ///     the one that the gateway itself has seen
    /// @param peer the other end of the connection, for when no gateway is between
    static Device of(@Nullable String forwardedFor, String peer, @Nullable String userAgent) {
        String address = forwardedFor == null
                ? peer
                : forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).strip();
        return new Device(address, userAgent == null ? "" : userAgent);
    }

    /// What is slowed down as one: an IPv4 address, or the network of an IPv6 address, in which anyone
    /// has more addresses than can be counted.
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
