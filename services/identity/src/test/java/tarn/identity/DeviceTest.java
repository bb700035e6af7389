package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DeviceTest {

    @Test
    void believesTheGatewayAboutTheAddress() {
        assertThat(Device.of("192.0.2.7", "127.0.0.1", null).address()).isEqualTo("192.0.2.7");
        assertThat(Device.of(null, "127.0.0.1", null).address()).isEqualTo("127.0.0.1");
    }

    @Test
    void takesTheAddressThatTheGatewayItselfHasSeen() {
        assertThat(Device.of("203.0.113.9, 192.0.2.7", "127.0.0.1", null).address())
                .isEqualTo("192.0.2.7");
    }

    @Test
    void knowsNoAddressThatIsNone() {
        assertThat(Device.of("example.org", "127.0.0.1", null).address()).isEmpty();
        assertThat(Device.of("", "127.0.0.1", null).neighbourhood()).isEmpty();
    }

    @Test
    void neighboursInOneIpv6NetworkAreOne() {
        Device one = new Device("2001:db8:1:2:3:4:5:6", "");
        Device other = new Device("2001:db8:1:2:ffff::1", "");
        Device elsewhere = new Device("2001:db8:1:3::1", "");

        assertThat(one.neighbourhood()).isEqualTo(other.neighbourhood()).isNotEqualTo(elsewhere.neighbourhood());
        assertThat(new Device("192.0.2.7", "").neighbourhood()).isEqualTo("192.0.2.7");
    }

    @Test
    void keepsOfTheUserAgentWhatCanBeStored() {
        assertThat(new Device("", "Bro\u0000wser\ud800\n" + "x".repeat(500)).userAgent())
                .startsWith("Browserx")
                .hasSize(300);
    }
}
