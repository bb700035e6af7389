package tarn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.Program;

/// One of two gateways, and one of two processes of identity, is stopped under 500 requests a second: a
/// client that tries the other gateway after a refused connection notices nothing.
@Tag("long")
class RollingStopProcessTest {

    private static final int REQUESTS_PER_SECOND = 500;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MAX_WARM_UP = Duration.ofSeconds(90);
    private static final Duration BACK = Duration.ofSeconds(60);
    private static final Map<String, String> ENVIRONMENT =
            Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1", "TARN_RATE_LIMIT", "100000", "TEST_COVERAGE", "none");

    @Test
    void noRequestFails() throws Exception {
        Program program = Program.startTwoOfEach(ENVIRONMENT);
        try {
            for (String service : List.of("gateway", "identity")) {
                warmUp(program);
                ProcessHandle oldest = program.processes(service).getFirst();
                URI address = URI.create(
                        "http://127.0.0.1:" + Program.environment(oldest).get("TARN_PORT"));
                try (Load load = load(program)) {
                    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                    oldest.destroy();
                    oldest.onExit().join();
                    assertThat(load.finish(Duration.ofSeconds(30))).isZero();
                    System.out.println("Stopped " + service + ", answers " + load.outcomes());
                    assertThat(load.outcomes()).containsOnlyKeys("200");
                }
                Eventually.within(BACK, () -> isReady(address));
            }
        } finally {
            program.remove();
        }
    }

    private static Load load(Program program) {
        return new Load(program.gateways(), REQUESTS_PER_SECOND, false, _ -> read());
    }

    /// A program that has just started answers slowly, and refuses what is too much for it.
    private static void warmUp(Program program) {
        Eventually.within(MAX_WARM_UP, () -> answersEverything(program));
    }

    private static boolean answersEverything(Program program) {
        try (Load load = load(program)) {
            LockSupport.parkNanos(WARM_UP.toNanos());
            assertThat(load.finish(Duration.ofSeconds(30))).isZero();
            return load.outcomes().keySet().equals(Set.of("200"));
        }
    }

    private static HttpRequest.Builder read() {
        return HttpRequest.newBuilder(URI.create("http://any/api/registration"));
    }

    private static boolean isReady(URI address) {
        try {
            return Api.at(address).get("/health/ready").status() == 200;
        } catch (RuntimeException notYet) {
            return false;
        }
    }
}
