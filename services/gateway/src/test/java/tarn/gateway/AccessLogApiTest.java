package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.gateway.Split.GATEWAY;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tarn.testing.Api;
import tarn.testing.Eventually;

/// One line for each request, with nothing in it that is nobody's business.
@QuarkusTest
@WithTestResource(EchoingServices.class)
final class AccessLogApiTest {

    @RegisterExtension
    final AccessLogRecorder log = new AccessLogRecorder();

    private ExtLogRecord line(String requestId) {
        Eventually.within(Duration.ofSeconds(5), () -> !log.lines(requestId).isEmpty());
        assertThat(log.lines(requestId)).hasSize(1);
        return log.lines(requestId).getFirst();
    }

    @Test
    void aLineSaysWhatWasAskedByWhomAndWhatCameOfIt() {
        Split.withCookie("good reader")
                .header("X-Request-Id", "a-read-by-cookie")
                .get("/api/tasks/0190b4c6-0000-7000-8000-00000000000a?text=private");

        ExtLogRecord line = line("a-read-by-cookie");

        assertThat(line.getMdcCopy())
                .containsAllEntriesOf(Map.of(
                        "method", "GET",
                        "route", "/api/tasks/{id}",
                        "status", "200",
                        "user", PretendIdentity.user("good reader").toString()));
        assertThat(Long.parseLong(line.getMdc("durationMs"))).isBetween(0L, 20_000L);
        assertThat(line.getMessage()).startsWith("GET /api/tasks/{id} 200 ").contains("request a-read-by-cookie");
    }

    @Test
    void noLineHoldsASecret() throws IOException {
        Api client = GATEWAY.header("X-Request-Id", "full-of-secrets");

        client.bearer("tarn_pat_good_s3cret").get("/api/tokens/tarn_pat_s3cret");
        Split.ownPage("good s3cret")
                .header("X-Request-Id", "full-of-secrets")
                .post("/api/sessions?token=s3cret", Map.of("email", "ada@example.org", "password", "s3cret"));
        client.get("/s3cret/ada@example.org");
        Wire.answer("S3CRET / HTTP/1.1\r\nHost: h\r\nX-Request-Id: full-of-secrets\r\nConnection: close\r\n\r\n");
        client.get("/api/users/ada@example.org?email=ada@example.org");

        Eventually.within(
                Duration.ofSeconds(5), () -> log.lines("full-of-secrets").size() == 5);
        assertThat(log.lines("full-of-secrets"))
                .extracting(line -> line.getMessage() + line.getMdcCopy())
                .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains("s3cret") || text.contains("example.org"));
    }

    /// They are written into JSON as they are.
    @Test
    void nothingInALineNeedsToBeEscaped() throws IOException {
        GATEWAY.header("X-Request-Id", "all-but-plain").get("/api/%22%5C%0A/tasks/%00?%22=%5C");
        Wire.answer("Q\"UOTE /\"\\ HTTP/1.1\r\nHost: h\r\nX-Request-Id: all-but-plain\r\nConnection: close\r\n\r\n");
        Wire.answer(
                "GET /openapi.yaml HTTP/1.1\r\nHost: h\r\nX-Request-Id: a\"quoted\\id\r\nConnection: close\r\n\r\n");

        Eventually.within(
                Duration.ofSeconds(5),
                () -> log.lines().stream().anyMatch(line -> line.getMessage().contains("/openapi.yaml")));
        assertThat(log.lines("all-but-plain")).isNotEmpty();
        assertThat(log.lines())
                .extracting(line -> line.getMessage() + line.getMdcCopy().values())
                .allMatch(text -> text.matches("[ -~&&[^\"\\\\]]+"));
    }

    @Test
    void aRequestWhoseClientHasGoneHasItsLineToo() throws IOException {
        try (Wire wire = new Wire()) {
            wire.send("GET /api/tasks?endless HTTP/1.1\r\nHost: h\r\nX-Request-Id: gone-too-early\r\n\r\n");
            assertThat(wire.line()).contains("200");
        }

        assertThat(line("gone-too-early").getMdc("status")).isEqualTo("499");
    }

    @Test
    void aRefusalHasItsLine() {
        GATEWAY.header("X-Request-Id", "refused-at-the-door").get("/api/nothing/s3cret");

        assertThat(line("refused-at-the-door").getMessage()).startsWith("GET /api/{other} 404 ");
    }
}
