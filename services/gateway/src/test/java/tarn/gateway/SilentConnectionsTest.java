package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tarn.testing.Eventually;
import tarn.testing.VanishingClient;

@EnabledOnOs(OS.LINUX)
final class SilentConnectionsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void findsOneWhoseClientIsGoneAndNotOneThatIsIdle() throws IOException {
        try (ServerSocket server = new ServerSocket();
                VanishingClient gone = connect(server);
                Socket accepted = server.accept();
                Socket idle = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
                Socket alive = server.accept()) {
            gone.vanish();
            write(accepted);
            write(alive);

            Eventually.within(SOON, () -> SilentConnections.read().contains(ends(accepted)));
            assertThat(SilentConnections.read()).doesNotContain(ends(alive));
            assertThat(idle.isConnected()).isTrue();
        }
    }

    private static VanishingClient connect(ServerSocket server) throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return VanishingClient.connect(server.getLocalPort());
    }

    private static void write(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(": heartbeat\n\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static SilentConnections.Ends ends(Socket accepted) {
        return new SilentConnections.Ends(accepted.getLocalPort(), accepted.getInetAddress(), accepted.getPort());
    }
}
