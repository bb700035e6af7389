package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void saysWhenAPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(Ports.isFree(port)).isFalse();
            assertThatThrownBy(() -> Ports.requireFree("127.0.0.1", port, "TARN_PORT or --port"))
                    .hasMessage("Port " + port + " is in use: stop what listens there, or choose another with "
                            + "TARN_PORT or --port.");
        }
    }

    @Test
    void saysWhenAnAddressIsNotThisMachines() {
        assertThatThrownBy(() -> Ports.requireFree("192.0.2.1", 8080, "TARN_PORT"))
                .hasMessage("TARN_HOST is not an address of this machine: 192.0.2.1");
    }

    @Test
    void claimsOneThatNoOtherTarnTakes() {
        int port = Ports.claimAny();

        assertThat(port).as("below the ports of outgoing connections").isBetween(20_000, 29_999);
        assertThatCode(() -> Ports.requireFree("127.0.0.1", port, "TARN_PORT")).doesNotThrowAnyException();
        assertThat(Ports.claim(port)).isFalse();
    }

    @Test
    void claimsNoneThatIsListenedOn() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.claim(taken.getLocalPort())).isFalse();
        }
    }
}
