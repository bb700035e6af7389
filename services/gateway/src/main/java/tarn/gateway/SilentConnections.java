package tarn.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Reads from Linux which TCP connections get no acknowledgement from their other side: its machine
/// or the way to it is gone, which no read or write tells for a quarter of an hour.
///
/// The columns are those of <https://docs.kernel.org/networking/proc_net_tcp.html>. Other systems have
/// no such table, and there none is found.
final class SilentConnections {

    /// The two ends of a connection, as far as they tell it from others of this machine.
    record Ends(int localPort, InetAddress remote, int remotePort) {}

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final Logger LOG = Logger.getLogger(SilentConnections.class);

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final String ESTABLISHED = "01";

    /// How often it was sent again since the last acknowledgement, hexadecimal.
    private static final int RETRANSMITS = 6;

    /// Probes of an idle connection, or of one whose other side takes nothing, without an answer.
    private static final int PROBES = 8;

    private SilentConnections() {}

    /// Those that wait for an acknowledgement for longer than usual at this instant; a lost packet is
    /// enough.
    static Set<Ends> read() {
        Set<Ends> silent = new HashSet<>();
        for (Path table : TABLES) {
            try (Stream<String> lines = Files.lines(table)) {
                lines.skip(1).forEach(line -> read(line, silent));
            } catch (IOException none) {
                LOG.debugf(none, "%s cannot be read", table);
            }
        }
        return silent;
    }

    private static void read(String line, Set<Ends> silent) {
        String[] columns = SPACES.split(line.strip(), -1);
        boolean isSilent = columns[STATE].equals(ESTABLISHED)
                && (Integer.parseInt(columns[RETRANSMITS], 16) > 0 || Integer.parseInt(columns[PROBES]) > 0);
        if (isSilent) {
            silent.add(new Ends(port(columns[LOCAL]), address(columns[REMOTE]), port(columns[REMOTE])));
        }
    }

    private static int port(String end) {
        return Integer.parseInt(end.substring(end.indexOf(':') + 1), 16);
    }

    /// An address is written as words of the machine's own byte order.
    private static InetAddress address(String end) {
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(end.substring(0, end.indexOf(':'))));
        ByteBuffer address = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            address.putInt(words.getInt());
        }
        try {
            return InetAddress.getByAddress(address.array());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
