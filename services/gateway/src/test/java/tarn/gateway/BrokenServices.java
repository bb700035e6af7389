package tarn.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Nobody where identity should be, someone who does not speak HTTP in the place of tasks, and a
/// web app that was never built.
public final class BrokenServices implements QuarkusTestResourceLifecycleManager {

    private @Nullable ServerSocket babbler;

    @Override
    public Map<String, String> start() {
        try {
            ServerSocket talking = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            babbler = talking;
            Thread.ofVirtual().start(() -> babble(talking));
            return Map.of(
                    "tarn.route.identity",
                    "http://127.0.0.1:" + portOfNobody(),
                    "tarn.route.tasks",
                    "http://127.0.0.1:" + talking.getLocalPort(),
                    "tarn.request.timeout",
                    "1",
                    "tarn.public.url",
                    "http://localhost:8080",
                    "tarn.web.dir",
                    Files.createTempDirectory("no-web-app").toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int portOfNobody() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return gone.getLocalPort();
        }
    }

    private static void babble(ServerSocket talking) {
        while (!talking.isClosed()) {
            try {
                Socket caller = talking.accept();
                Thread.ofVirtual().start(() -> babble(caller));
            } catch (IOException gone) {
                // the next one, if there is one
            }
        }
    }

    private static void babble(Socket connection) {
        try (Socket caller = connection) {
            byte[] request = new byte[1_000];
            int read = caller.getInputStream().read(request);
            String asked = read > 0 ? new String(request, StandardCharsets.US_ASCII) : "";
            if (asked.contains("hung")) {
                // Until the other side hangs up.
                caller.getInputStream().transferTo(OutputStream.nullOutputStream());
            } else if (!asked.contains("silent")) {
                caller.getOutputStream().write("Hello? Is anybody there?\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException gone) {
            // the next one, if there is one
        }
    }

    @Override
    public void stop() {
        try {
            if (babbler != null) {
                babbler.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
