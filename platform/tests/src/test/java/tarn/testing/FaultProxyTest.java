package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FaultProxy.Behaviour;
import tarn.testing.FaultProxy.Blackhole;
import tarn.testing.FaultProxy.HalfOpen;
import tarn.testing.FaultProxy.Latency;
import tarn.testing.FaultProxy.Passing;
import tarn.testing.FaultProxy.Refuse;
import tarn.testing.FaultProxy.Reset;
import tarn.testing.FaultProxy.Trickle;

@Timeout(60)
final class FaultProxyTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration ENDLESS = Duration.ofHours(1);
    private static final String LONG = "long ".repeat(400_000);

    private final FakeService server = new FakeService()
            .on("GET", "/tea", asked -> CannedAnswer.ok("tea"))
            .on("GET", "/long", asked -> CannedAnswer.ok(LONG));
    private final FaultProxy network = FaultProxy.before(server.url());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        client.shutdownNow();
        network.close();
        server.close();
    }

    static Stream<Behaviour> behaviours() {
        return Stream.of(
                new Passing(),
                new Latency(ENDLESS),
                new Reset(),
                new Refuse(),
                new Blackhole(),
                new HalfOpen(),
                new Trickle(ENDLESS));
    }

    @Test
    void passesOnAndCounts() throws Exception {
        assertThat(get("/tea")).isEqualTo("tea");
        assertThat(get("/long")).isEqualTo(LONG);

        assertThat(network.accepted()).isEqualTo(1);
        assertThat(network.open()).isEqualTo(1);
        assertThat(network.requestBytes()).isGreaterThan("GET /tea HTTP/1.1\r\n".length() * 2L);
        client.shutdownNow();
        within(() -> network.open() == 0);
        assertThat(network.accepted()).isEqualTo(1);
    }

    @Test
    void keepsTheRestOfTheServersAddress() {
        URI server = URI.create("postgresql://localhost:5432/tarn?user=postgres");
        try (FaultProxy before = FaultProxy.before(server)) {
            assertThat(before.url().toString()).matches("postgresql://127\\.0\\.0\\.1:\\d+/tarn\\?user=postgres");
            assertThat(before.url().getPort()).isNotEqualTo(5432);
        }
    }

    @Test
    void passesOnTheEndOfARequest() throws Exception {
        try (Socket socket = connected()) {
            send(socket, "GET /tea HTTP/1.0\r\n\r\n");
            socket.shutdownOutput();

            assertThat(rest(socket)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\ntea");
        }
        within(() -> network.open() == 0);
    }

    @Test
    void resetsWhereThereIsNoServer() throws Exception {
        server.close();

        assertThatThrownBy(() -> rest(connected())).isInstanceOf(SocketException.class);
        within(() -> network.open() == 0);
    }

    @ParameterizedTest
    @MethodSource("behaviours")
    void recovers(Behaviour behaviour) throws Exception {
        network.set(behaviour);
        network.set(new Passing());

        assertThat(get("/tea")).isEqualTo("tea");
        assertThat(network.open()).isEqualTo(1);
    }

    @Test
    void delaysWhatTheServerSends() throws Exception {
        get("/tea");
        network.set(new Latency(SHORT));

        long before = System.nanoTime();
        assertThat(get("/tea")).isEqualTo("tea");

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(network.accepted()).isEqualTo(1);
    }

    /// One after another, the delays of its more than a hundred chunks would take longer.
    @Test
    void delaysALongAnswerLikeAShortOne() throws Exception {
        network.set(new Latency(SHORT));

        long before = System.nanoTime();
        assertThat(get("/long")).isEqualTo(LONG);

        assertThat(System.nanoTime() - before).isLessThan(SHORT.toNanos() * 60);
    }

    @Test
    void letsGoOfWhatItDelaysOnceAllIsWell() {
        network.set(new Latency(ENDLESS));
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request("/tea"), BodyHandlers.ofString());
        within(() -> server.asked().size() == 1);
        assertThat(answer).isNotDone();

        network.set(new Passing());

        assertThat(answer.join().body()).isEqualTo("tea");
    }

    @Test
    void resetsOpenConnectionsAndNewOnes() throws Exception {
        try (Socket open = used()) {
            network.set(new Reset());

            assertThatThrownBy(() -> rest(open)).isInstanceOf(SocketException.class);
            assertThat(network.open()).isZero();
            assertThatThrownBy(() -> rest(connected())).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> get("/tea")).isInstanceOf(IOException.class);
        }
        assertThat(server.asked()).hasSize(1);
        assertThat(network.accepted()).isGreaterThanOrEqualTo(3);

        network.set(new Passing());
        assertThat(get("/tea")).isEqualTo("tea");
    }

    @Test
    void refusesAndComesBackToItsPort() throws Exception {
        for (int round = 1; round <= 20; round++) {
            try (Socket open = used()) {
                network.set(new Refuse());

                assertThat(rest(open)).isEmpty();
                assertThat(network.open()).isZero();
                assertThatThrownBy(this::connected).isInstanceOf(ConnectException.class);
                assertThatThrownBy(() -> get("/tea")).isInstanceOf(ConnectException.class);
            }
            network.set(new Passing());
            assertThat(server.asked()).hasSize(round);
        }
        assertThat(network.accepted()).isEqualTo(20);
    }

    @Test
    void holdsWhatIsSentThroughAPartitionUntilItHeals() throws Exception {
        get("/tea");
        long bytes = network.requestBytes();
        network.set(new Blackhole());

        getInVain();
        getInVain();
        CompletableFuture<HttpResponse<String>> patient = client.sendAsync(request("/tea"), BodyHandlers.ofString());
        within(() -> network.accepted() == 3);
        assertThat(network.open()).isEqualTo(3);
        assertThat(network.requestBytes()).isEqualTo(bytes);
        assertThat(server.asked()).hasSize(1);

        network.set(new Passing());
        assertThat(patient.join().body()).isEqualTo("tea");
        within(() -> server.asked().size() == 4 && network.open() == 1);
    }

    @Test
    void holdsAnswersAndEndsThroughAPartition() throws Exception {
        try (Socket open = connected()) {
            network.set(new Latency(ENDLESS));
            send(open, "GET /tea HTTP/1.0\r\n\r\n");
            within(() -> server.asked().size() == 1);
            network.set(new Blackhole());
            open.setSoTimeout((int) SHORT.toMillis());
            assertThatThrownBy(() -> rest(open)).isInstanceOf(SocketTimeoutException.class);

            network.set(new Passing());

            open.setSoTimeout((int) SOON.toMillis());
            assertThat(rest(open)).endsWith("tea");
        }
    }

    @Test
    void holdsAResetThroughAPartition() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FaultProxy between = FaultProxy.before(URI.create("tcp://127.0.0.1:" + mute.getLocalPort()));
                Socket asking = connected(between);
                Socket answering = mute.accept()) {
            between.set(new Blackhole());
            reset(answering);
            asking.setSoTimeout((int) SHORT.toMillis());
            assertThatThrownBy(() -> rest(asking)).isInstanceOf(SocketTimeoutException.class);

            between.set(new Passing());

            asking.setSoTimeout((int) SOON.toMillis());
            assertThatThrownBy(() -> rest(asking)).isInstanceOf(SocketException.class);
            assertThat(between.open()).isZero();
        }
    }

    @Test
    void losesConnectionsWithoutAWord() throws Exception {
        get("/tea");
        Socket raw = used();
        long bytes = network.requestBytes();
        network.set(new HalfOpen());

        getInVain();
        send(raw, "GET /tea HTTP/1.1\r\nHost: here\r\n\r\n");
        raw.setSoTimeout((int) SHORT.toMillis());
        assertThatThrownBy(() -> rest(raw)).isInstanceOf(SocketTimeoutException.class);
        assertThat(network.requestBytes()).isEqualTo(bytes);
        assertThat(server.asked()).hasSize(2);
        assertThat(get("/tea")).isEqualTo("tea");

        network.set(new Passing());
        assertThatThrownBy(() -> rest(raw)).isInstanceOf(SocketTimeoutException.class);
        raw.close();
        within(() -> network.open() == 1);
    }

    @Test
    void tricklesTheBodyAfterTheHeader() throws Exception {
        for (int round = 1; round <= 2; round++) {
            network.set(new Trickle(ENDLESS));
            HttpResponse<InputStream> answer = client.send(request("/tea"), BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);

            Duration pace = Duration.ofMillis(50);
            network.set(new Trickle(pace));
            long before = System.nanoTime();
            try (InputStream body = answer.body()) {
                assertThat(body.read()).isEqualTo('t');
                assertThat(body.readAllBytes()).isEqualTo(new byte[] {'e', 'a'});
            }

            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(2 * pace.toNanos());
        }
        assertThat(network.accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("behaviours")
    void leavesNothingBehind(Behaviour behaviour, @TempDir Path folder) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            FaultProxy closing = FaultProxy.before(URI.create("tcp://127.0.0.1:" + mute.getLocalPort()));
            try (closing) {
                for (int i = 0; i < 3; i++) {
                    Socket asking = connected(closing);
                    Socket answering = mute.accept();
                    sockets.addAll(List.of(asking, answering));
                    send(asking, "question");
                    send(answering, LONG.substring(0, 500_000));
                }
                closing.set(behaviour);
            }

            assertThat(closing.open()).isZero();
            for (Socket socket : sockets) {
                assertThat(ends(socket)).isTrue();
            }
            assertThatThrownBy(() -> connected(closing)).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> closing.set(new Passing())).isInstanceOf(IllegalStateException.class);
        }
        // The one that every test has goes on accepting.
        assertThat(threads(folder)).isEqualTo(1);
    }

    private static boolean ends(Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static long threads(Path folder) throws IOException {
        Path dump = folder.resolve("threads.txt");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        try (Stream<String> lines = Files.lines(dump)) {
            return lines.filter(line -> line.contains("\"fault-proxy-")).count();
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(network.url().resolve(path)).build();
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(request(path), BodyHandlers.ofString()).body();
    }

    private void getInVain() {
        HttpRequest request = HttpRequest.newBuilder(request("/tea"), (_, _) -> true)
                .timeout(SHORT)
                .build();
        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
    }

    private Socket connected() throws IOException {
        return connected(network);
    }

    private static Socket connected(FaultProxy network) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), network.url().getPort());
    }

    /// A connection that has been answered well and stays open.
    private Socket used() throws IOException {
        Socket socket = connected();
        send(socket, "GET /tea HTTP/1.1\r\nHost: here\r\n\r\n");
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("tea")) {
            answer.append((char) socket.getInputStream().read());
        }
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void reset(Socket socket) throws IOException {
        try (socket) {
            socket.setSoLinger(true, 0);
        }
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void within(BooleanSupplier condition) {
        Eventually.within(SOON, condition);
    }
}
