package tarn.calculator;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A service that runs apart has a port that a page with a rebound name can reach.
@QuarkusTest
final class HostApiTest {

    private static String answer(String host) throws IOException {
        URI here = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        try (Socket socket = new Socket("localhost", here.getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream()
                    .write(("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example"})
    void otherHostsAreRefused(String host) throws IOException {
        assertThat(answer(host))
                .startsWith("HTTP/1.1 421 ")
                .contains("\"code\":\"misdirected\"", "application/problem+json")
                .containsIgnoringCase("x-request-id: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:8080", "calculator:8080"})
    void whatOtherServicesNameIsServed(String host) throws IOException {
        assertThat(answer(host)).startsWith("HTTP/1.1 200 ");
    }
}
