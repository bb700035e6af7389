package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrustedProxiesTest {

    private final TrustedProxies proxies =
            new TrustedProxies(Optional.of(List.of("192.0.2.1", "10.0.0.0/8", "fd00::/8")));

    @Test
    void nobodyIsTrustedUnlessNamed() {
        assertThat(new TrustedProxies(Optional.empty()).include("127.0.0.1")).isFalse();
        assertThat(proxies.include("192.0.2.2")).isFalse();
        assertThat(proxies.include("192.0.2.1")).isTrue();
        assertThat(proxies.include("10.9.8.7")).isTrue();
        assertThat(proxies.include("fd12::1")).isTrue();
        assertThat(proxies.include("not an address")).isFalse();
    }

    @Test
    void theClientIsTheLastHopThatIsNotTrusted() {
        assertThat(proxies.client("192.0.2.1", "6.6.6.6, 203.0.113.9, 10.1.1.1"))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void theFirstHopIsTheClientWhenAllAreTrusted() {
        assertThat(proxies.client("192.0.2.1", "10.0.0.2,10.0.0.1")).isEqualTo("10.0.0.2");
        assertThat(proxies.client("192.0.2.1", null)).isEqualTo("192.0.2.1");
    }

    @Test
    void nothingBeforeAHopThatIsNoAddressIsBelieved() {
        assertThat(proxies.client("192.0.2.1", "203.0.113.9, unknown, 10.1.1.1"))
                .isEqualTo("10.1.1.1");
    }

    @Test
    void aSettingThatIsNoAddressIsSaidAtTheStart() {
        assertThatThrownBy(() -> new TrustedProxies(Optional.of(List.of("proxy.local"))))
                .hasMessageContaining("TARN_TRUSTED_PROXIES")
                .hasMessageContaining("proxy.local");
    }
}
