package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.gateway.Split.GATEWAY;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which hosts requests may name.
@QuarkusTest
@WithTestResource(EchoingServices.class)
final class HostApiTest {

    private static String get(String host) {
        return "GET /api/tasks HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    }

    private static String managed(String host) throws IOException {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        try (Wire wire = new Wire(port)) {
            wire.send("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            return wire.rest();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example", "evil.example:8080", "tarn.example.evil.example", "localhost.evil.example",
                "127.0.0.1.evil.example", "xtarn.example", "127.0.0.1x", "x"
            })
    void aHostThatIsNotOursIsRefusedOnBothPorts(String host) throws IOException {
        assertThat(Wire.answer(get(host)))
                .startsWith("HTTP/1.1 421 ")
                .contains("\"code\":\"misdirected\"", "application/problem+json")
                .containsIgnoringCase("x-request-id: ");
        assertThat(managed(host))
                .startsWith("HTTP/1.1 421 ")
                .contains("\"code\":\"misdirected\"", "application/problem+json", "\"traceId\":\"")
                .containsIgnoringCase("x-request-id: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tarn.example",
                "TARN.example:443",
                "tarn.example.",
                "localhost",
                "localhost:1",
                "127.0.0.1:80",
                "192.0.2.7",
                "[::1]:8080",
                "h"
            })
    void ourNamesAndPlainAddressesAreServedOnBothPorts(String host) throws IOException {
        assertThat(Wire.answer(get(host))).startsWith("HTTP/1.1 200 ");
        assertThat(managed(host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h\r\nHost: h", "h\r\nHost: evil.example", "", "user@localhost", "localhost/x", "a b"})
    void aHostThatCannotBeReadIsMalformed(String host) throws IOException {
        assertThat(Wire.answer(get(host).replace("Connection: close\r\n", "")))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"malformed\"");
    }

    @Test
    void whatCannotBeReadIsRefusedOnTheManagementPortToo() throws IOException {
        assertThat(managed("h\r\nHost: h"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"malformed\"", "application/problem+json")
                .containsIgnoringCase("x-request-id: ");
    }

    @Test
    void theHeadersTellBrowsersToBeStrict() {
        assertThat(GATEWAY.get("/").header("Permissions-Policy")).contains("camera=()");
        assertThat(GATEWAY.get("/").header("Strict-Transport-Security"))
                .isEqualTo("max-age=31536000; includeSubDomains");
        assertThat(GATEWAY.delete("/api/tasks?status=204").header("Clear-Site-Data"))
                .isEqualTo("\"cache\"");
        assertThat(GATEWAY.post("/api/tasks", "{}").header("Clear-Site-Data")).isEmpty();
    }
}
