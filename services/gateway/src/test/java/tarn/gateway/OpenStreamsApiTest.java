package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Eventually;

/// Places of live streams whose worker runs elsewhere: each is given back, whatever its client does.
@QuarkusTest
@WithTestResource(EchoingServices.class)
final class OpenStreamsApiTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<Wire> wires = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (Wire wire : wires) {
            wire.close();
        }
        Eventually.within(SOON, () -> workerStreams() == 0);
    }

    private static int workerStreams() {
        return Integer.parseInt(Split.services().get("/test/streams").body());
    }

    private Wire ask(Wire wire, String query, String bearer) throws IOException {
        wires.add(wire);
        wire.send("GET /api/live?" + query + " HTTP/1.1\r\nHost: tarn.example\r\nAuthorization: Bearer " + bearer
                + "\r\n\r\n");
        return wire;
    }

    /// Whether a user can have as many streams as are allowed, all at the same time.
    private boolean hasAllPlaces(String token) {
        List<Wire> six = new ArrayList<>();
        try {
            for (int i = 0; i < OpenStreams.MAX_STREAMS_OF_USER; i++) {
                six.add(ask(new Wire(), "stream", token));
            }
            boolean all = true;
            for (Wire wire : six) {
                all &= wire.line().contains(" 200 ");
            }
            for (Wire wire : six) {
                wire.close();
            }
            return all;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void whoLeavesBeforeTheStreamBeginsKeepsNoPlace() throws IOException {
        String token = PretendIdentity.token("tarn_pat_good_slow_leaver_");
        for (int i = 0; i < 30; i++) {
            // Gone while identity is asked, while the worker is asked, or when the stream has begun.
            String bearer = i % 3 == 0 ? "tarn_pat_good_slow_leaver_" + i : token;
            ask(new Wire(), i % 3 == 1 ? "stream=late" : "stream", bearer).close();
        }

        Eventually.within(SOON, () -> hasAllPlaces(token));
        Eventually.within(SOON, () -> workerStreams() == 0);
    }

    @Test
    void streamsThatBeginAtOnceAreSixAtMost() throws IOException {
        String token = PretendIdentity.token("good crowd");
        List<Wire> crowd = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            crowd.add(ask(new Wire(), "stream", token));
        }

        int open = 0;
        for (Wire wire : crowd) {
            open += wire.line().contains(" 200 ") ? 1 : 0;
        }

        assertThat(open).isEqualTo(OpenStreams.MAX_STREAMS_OF_USER);
    }

    @Test
    void whoReadsNothingKeepsNoPlace() throws IOException {
        String token = PretendIdentity.token("good unread");
        for (int i = 0; i < OpenStreams.MAX_STREAMS_OF_USER; i++) {
            assertThat(ask(Wire.narrow(), "stream=large", token).line()).contains(" 200 ");
        }

        Eventually.within(Duration.ofSeconds(60), () -> hasAllPlaces(token));
    }
}
