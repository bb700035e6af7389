package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tarn.testing.Api;
import tarn.testing.EventStream;
import tarn.testing.Program;

/// SIGTERM with live streams open: they end at once, and Tarn does not wait for them.
class LiveProcessTest {

    private static final int STREAMS = 6;

    @ParameterizedTest
    @EnumSource(Program.Topology.class)
    void streamsKeepNobodyFromEnding(Program.Topology shape) {
        Program program = Program.start(shape, Program.QUICK);
        List<EventStream> streams = new ArrayList<>();
        try {
            Api ada = Accounts.signedIn(Api.at(program.url()));
            for (int i = 0; i < STREAMS; i++) {
                EventStream live = ada.stream("/api/live");
                assertThat(live.next(Duration.ofSeconds(10)).name()).isEqualTo("ready");
                streams.add(live);
            }

            long begin = System.nanoTime();
            program.process().destroy();
            streams.forEach(live -> live.awaitEnd(Duration.ofSeconds(2)));

            assertThat(program.awaitEnd()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        } finally {
            streams.forEach(EventStream::close);
            program.remove();
        }
    }
}
