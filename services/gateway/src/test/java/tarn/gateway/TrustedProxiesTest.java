package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource({
        "::ffff:203.0.113.11, 203.0.113.11",
        "::FFFF:cb00:710b, 203.0.113.11",
        "203.0.113.12:4711, 203.0.113.12",
        "[2001:db8::1]:80, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "2001:db8::80, 2001:db8:0:0:0:0:0:80",
        "\"[2001:db8::1]:80\", 2001:db8:0:0:0:0:0:1",
        "[::ffff:203.0.113.11]:80, 203.0.113.11",
    })
    void aHopIsUnderstoodInEveryFormThatProxiesWrite(String hop, String address) {
        assertThat(proxies.client("::ffff:192.0.2.1", "6.6.6.6, " + hop + ", ::ffff:10.0.0.1, 10.0.0.1:99"))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2001:db8::1]x", "203.0.113.12:", "203.0.113.12:http", "[203.0.113.12", "1.2.3", "_x"})
    void whatIsNoAddressIsNone(String hop) {
        assertThat(proxies.client("192.0.2.1", hop)).isEqualTo("192.0.2.1");
    }

    @Test
    void aSettingThatIsNoAddressIsSaidAtTheStart() {
        assertThatThrownBy(() -> new TrustedProxies(Optional.of(List.of("proxy.local"))))
                .hasMessageContaining("TARN_TRUSTED_PROXIES")
                .hasMessageContaining("proxy.local");
    }
}
