package tarn.standalone;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/// Looks whether a port can be listened on, before anything slow is done.
final class Ports {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int PRIVILEGED = 1024;

    private Ports() {}

    /// @param setting what to change when it can not be
    /// @throws CannotStart when something else listens there, or this user may not
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
            throw new CannotStart("Port " + port + " can not be opened: " + failure.getMessage(), failure);
        }
    }

    /// Whether nothing listens there on loopback.
    static boolean isFree(int port) {
        try {
            open(LOOPBACK, port).close();
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /// A port nobody listens on, on loopback.
    static int anyFree() {
        try (ServerSocket socket = open(LOOPBACK, 0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new CannotStart("No port can be opened on 127.0.0.1: " + failure.getMessage(), failure);
        }
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
