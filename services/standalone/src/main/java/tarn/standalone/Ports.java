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

/// Looks whether a port can be listened on, before anything slow is done, and keeps other Tarns that start at
/// the same moment from it.
final class Ports {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int PRIVILEGED = 1024;
    private static final int ATTEMPTS = 20;
    private static final Collection<DatagramSocket> CLAIMS = new ConcurrentLinkedQueue<>();

    private Ports() {}

    /// @param setting what to change when it cannot be
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
            throw new CannotStart("Port " + port + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    /// @param setting what names the host
    /// @throws CannotStart when this machine cannot listen at that address
    static void requireAddress(String host, String setting) {
        try {
            open(host, 0).close();
        } catch (IOException unknown) {
            throw new CannotStart(setting + " is not an address of this machine: " + host, unknown);
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

    /// A port that is this process's until it ends: nobody listens there, and no other Tarn will take it,
    /// though it may be seconds until something listens. What claims it is the datagram socket of the same
    /// number, which nothing of Tarn needs.
    ///
    /// @return whether it could be had
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

    /// Any port on loopback, claimed.
    static int claimAny() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = anyFree();
            if (claim(port)) {
                return port;
            }
        }
        throw new CannotStart("No port can be opened on 127.0.0.1: others took all that were tried.");
    }

    private static int anyFree() {
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
