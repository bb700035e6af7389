package tarn.standalone;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/// Checks early whether ports are free, and reserves them against other installations on this
/// machine that start at the same time.
final class Ports {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int PRIVILEGED = 1024;
    private static final int ATTEMPTS = 100;
    private static final int FIRST = 20_000;
    private static final int END = 30_000;
    private static final Collection<DatagramSocket> CLAIMS = new ConcurrentLinkedQueue<>();

    private Ports() {}

    /// @param setting to change when the port is not available
    /// @throws CannotStart when the port is in use or privileged
    static void requireFree(String host, int port, String setting) {
        try {
            open(host, port).close();
        } catch (UnknownHostException unknown) {
            throw new CannotStart("TARN_HOST is not an address of this machine: " + host, unknown);
        } catch (BindException taken) {
            String reason = String.valueOf(taken.getMessage());
            if (reason.contains("Cannot assign")) {
                throw new CannotStart("TARN_HOST is not an address of this machine: " + host, taken);
            }
            if (reason.contains("Permission denied") && port < PRIVILEGED) {
                throw new CannotStart(
                        "Port " + port + " may not be opened by this user: choose one above 1023 with " + setting + '.',
                        taken);
            }
            throw new CannotStart(
                    "Port " + port + " is in use: stop what listens there, or choose another with " + setting + '.',
                    taken);
        } catch (IOException failure) {
            throw new CannotStart("Port " + port + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    /// @param setting that names the host
    /// @throws CannotStart when this machine has no such address
    static void requireAddress(String host, String setting) {
        try {
            open(host, 0).close();
        } catch (IOException unknown) {
            throw new CannotStart(setting + " is not an address of this machine: " + host, unknown);
        }
    }

    /// Whether the port is free on loopback.
    static boolean isFree(int port) {
        try {
            open(LOOPBACK, port).close();
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /// Reserves a port until this process ends, long before a server listens on it, by binding the
    /// UDP port of the same number, which is otherwise unused.
    ///
    /// @return whether it was free
    static boolean claim(int port) {
        if (!isFree(port)) {
            return false;
        }
        try {
            CLAIMS.add(new DatagramSocket(port, InetAddress.getLoopbackAddress()));
            return true;
        } catch (SocketException claimed) {
            return false;
        }
    }

    /// Reserves any free port on loopback from 20000 to 29999: below the ports that Linux and macOS
    /// give to outgoing connections, so that none of those has it before the server listens.
    static int claimAny() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (claim(port)) {
                return port;
            }
        }
        throw new CannotStart("No port from " + FIRST + " to " + (END - 1)
                + " can be opened on 127.0.0.1: others took all that were tried.");
    }

    private static ServerSocket open(String host, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket;
        } catch (IOException | IllegalArgumentException failure) {
            socket.close();
            throw failure;
        }
    }
}
