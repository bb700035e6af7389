package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tarn.testing.Api;
import tarn.testing.EventStream;
import tarn.testing.Program;

/// SIGTERM under load: whoever was heard is answered, and nobody waits for live streams.
class DrainProcessTest {

    private static final int CLIENTS = 16;
    private static final int STREAMS = 6;
    private static final byte[] REQUEST =
            "GET /api/registration HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource(Program.Topology.class)
    void everyRequestIsAnswered(Program.Topology shape) throws Exception {
        Map<String, String> environment = new HashMap<>(Program.QUICK);
        environment.put("TARN_RATE_LIMIT", "100000");
        Program program = Program.start(shape, environment);
        List<EventStream> streams = new ArrayList<>();
        try {
            Api ada = Accounts.signedIn(Api.at(program.url()));
            for (int i = 0; i < STREAMS; i++) {
                streams.add(ada.stream("/api/live"));
                assertThat(streams.getLast().next(Duration.ofSeconds(10)).name())
                        .isEqualTo("ready");
            }
            Queue<String> last = new ConcurrentLinkedQueue<>();
            CountDownLatch warm = new CountDownLatch(CLIENTS * 20);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofVirtual().start(() -> last.add(askUntilTheEnd(program, warm))));
            }
            warm.await();

            long begin = System.nanoTime();
            program.process().destroy();
            streams.forEach(live -> live.awaitEnd(Duration.ofSeconds(5)));
            assertThat(program.awaitEnd()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("without the time that requests under way may take")
                    .isLessThan(Duration.ofSeconds(20));
            for (Thread client : clients) {
                client.join();
            }

            assertThat(last)
                    .hasSize(CLIENTS)
                    .allSatisfy(answer -> assertThat(answer)
                            .startsWith("HTTP/1.1 200")
                            .containsIgnoringCase("connection: close")
                            .doesNotContain("goes on"));
        } finally {
            streams.forEach(EventStream::close);
            program.remove();
        }
    }

    /// On one connection.
    ///
    /// @return the answer that said the connection is closed, or what went wrong
    private static String askUntilTheEnd(Program program, CountDownLatch warm) {
        try (Socket socket = new Socket("localhost", program.url().getPort());
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(30_000);
            while (true) {
                socket.getOutputStream().write(REQUEST);
                StringBuilder answer = new StringBuilder();
                int length = 0;
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    answer.append(line).append('\n');
                    if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                        length = Integer.parseInt(line.substring(15).strip());
                    }
                }
                char[] body = new char[length];
                int read = 0;
                while (read < length) {
                    int more = in.read(body, read, length - read);
                    if (more < 0) {
                        return "cut off: " + answer;
                    }
                    read += more;
                }
                answer.append(body);
                warm.countDown();
                boolean last = answer.toString().toLowerCase(Locale.ROOT).contains("connection: close");
                if (last || !answer.toString().startsWith("HTTP/1.1 200")) {
                    return answer + (in.read() < 0 ? "" : " and goes on");
                }
            }
        } catch (IOException failure) {
            return failure.toString();
        }
    }
}
