package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tarn.testing.Api;
import tarn.testing.EventStream;
import tarn.testing.Eventually;
import tarn.testing.VanishingClient;

/// The machine of a user with six live streams, as many as a user may have, vanishes between one packet and
/// the next.
@Tag("long")
@EnabledOnOs(OS.LINUX)
class VanishedClientTest {

    private static final int STREAMS_OF_USER = 6;
    private static final Duration GONE = Duration.ofSeconds(30);

    private final Tarn.SignedInUser ada = Tarn.someone("Ada");

    @Test
    void isGoneFromGatewayAndWorkerWithinThirtySeconds() {
        String token = ada.api()
                .post("/api/tokens", Map.of("name", "cli", "scopes", List.of("tasks:read")))
                .at("/secret");
        List<VanishingClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS_OF_USER; i++) {
                clients.add(streaming(token));
            }
            assertThat(isServed(ada.api())).as("a seventh stream is served").isFalse();

            clients.forEach(VanishingClient::vanish);

            Eventually.within(GONE, () -> isServed(ada.api()));
        } finally {
            clients.forEach(VanishingClient::close);
        }
    }

    private static VanishingClient streaming(String token) {
        int port = Tarn.program().url().getPort();
        VanishingClient client = VanishingClient.connect(port);
        client.send("GET /api/live HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer " + token
                + "\r\n\r\n");
        StringBuilder read = new StringBuilder();
        while (read.indexOf("event: ready") < 0) {
            String more = client.read();
            assertThat(more).as("after " + read).isNotEmpty();
            read.append(more);
        }
        return client;
    }

    private static boolean isServed(Api api) {
        try (EventStream live = api.stream("/api/live")) {
            return live.status() == 200;
        }
    }
}
