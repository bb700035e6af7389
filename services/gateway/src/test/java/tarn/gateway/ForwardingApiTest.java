package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.gateway.Split.GATEWAY;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;

/// What reaches a service that runs elsewhere, and what comes back.
@QuarkusTest
@WithTestResource(EchoingServices.class)
final class ForwardingApiTest {

    @Test
    void passesMethodAddressAndBodyOnUnchanged() throws NoSuchAlgorithmException {
        byte[] body = new byte[100_000];
        new Random(7).nextBytes(body);

        Api.Answer answer = Split.ownPage("good changer").patch("/api/tasks/x%20y?text=a%2Fb&limit=3", body);

        assertThat(answer.at("/method")).isEqualTo("PATCH");
        assertThat(answer.at("/uri")).isEqualTo("/api/tasks/x%20y?text=a%2Fb&limit=3");
        assertThat(answer.at("/headers/Content-type")).isEqualTo("application/merge-patch+json");
        assertThat(answer.at("/sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
    }

    @Test
    void passesManyLargeBodiesOnUnchanged() throws Exception {
        try (ExecutorService users = Executors.newFixedThreadPool(16)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 320; i++) {
                byte[] body = new byte[200_000];
                new Random(i).nextBytes(body);
                String sha256 = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
                Api user = Split.ownPage("good changer" + i % 16);
                all.add(users.submit(
                        () -> user.patch("/api/tasks/x", body).at("/sha256").equals(sha256)));
            }
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @Test
    void passesAnswersOnUnchanged() {
        assertThat(GATEWAY.get("/api/tasks?status=207").body()).isEqualTo("{\"items\":[]}");
        assertThat(GATEWAY.get("/api/tasks?status=207").status()).isEqualTo(207);
        assertThat(GATEWAY.get("/api/tasks?status=304").status()).isEqualTo(304);
        assertThat(GATEWAY.get("/api/tasks?status=304").etag()).isEqualTo("\"7\"");
        assertThat(GATEWAY.delete("/api/tasks?status=204").headers().allValues("Set-Cookie"))
                .containsExactly("__Host-tarn_session=; Max-Age=0", "other=1");
        assertThat(GATEWAY.head("/api/tasks").status()).isEqualTo(200);
        assertThat(Integer.parseInt(GATEWAY.head("/api/tasks").header("Content-Length")))
                .isPositive();
    }

    @Test
    void compressesLongAnswersThatHoldNoSecret() {
        Api compressing = GATEWAY.header("Accept-Encoding", "gzip");
        Api.Answer compressed = compressing.header("X-Long", "a".repeat(4_000)).get("/api/tasks");
        Api.Answer refused = GATEWAY.header("Accept-Encoding", "gzip;q=0")
                .header("X-Long", "a".repeat(4_000))
                .get("/api/tasks");
        Api.Answer brief = compressing.get("/api/tasks?status=207");
        Api.Answer identity = compressing.header("X-Long", "a".repeat(4_000)).get("/api/users");

        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.header("Vary")).isEqualToIgnoringCase("accept-encoding");
        assertThat(refused.header("Content-Encoding")).isEmpty();
        assertThat(refused.header("Vary")).isEqualToIgnoringCase("accept-encoding");
        assertThat(brief.header("Content-Encoding")).isEmpty();
        assertThat(identity.header("Content-Encoding")).isEmpty();
        assertThat(compressing.get("/api/tasks?status=304").header("Content-Encoding"))
                .isEmpty();
        assertThat(compressing.head("/api/tasks").header("Content-Encoding")).isEmpty();
    }

    @Test
    void saysWhereSomethingIsByItsPath() {
        assertThat(GATEWAY.post("/api/tasks?created").header("Location")).isEqualTo("/api/tasks/1?x");
        assertThat(GATEWAY.post("/api/tasks?elsewhere").header("Location")).isEqualTo("https://other.example/");
    }

    @Test
    void keepsForItselfWhatConcernsOnlyOneConnection() {
        Api.Answer answer = GATEWAY.get("/api/tasks?cached");

        assertThat(answer.header("Cache-Control")).isEqualTo("private, max-age=5");
        assertThat(answer.header("Keep-Alive")).isEmpty();
        assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1).doesNotContain("of-the-service");
    }

    @Test
    void saysWhoIsAskingAndBelievesNobodyElse() throws IOException {
        Api.Answer answer = GATEWAY.header("X-Forwarded-For", "6.6.6.6, 203.0.113.5")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "for=6.6.6.6")
                .header("X-Real-IP", "6.6.6.6")
                .header("X-Request-Id", "of-the-client")
                .header("Cookie", "other=1")
                .get("/api/tasks");

        assertThat(answer.at("/headers/X-forwarded-for")).isEqualTo("203.0.113.5");
        assertThat(answer.at("/headers/X-forwarded-proto")).isEqualTo("https");
        assertThat(answer.at("/headers/X-request-id")).isEqualTo("of-the-client");
        assertThat(ConfigProvider.getConfig().getValue("test.url", String.class))
                .endsWith("//" + answer.at("/headers/Host"));
        assertThat(answer.body()).doesNotContain("6.6.6.6", "evil", "other=1");
    }

    @Test
    void dropsWhatIsMeantForThisConnectionOnly() throws IOException {
        try (Wire wire = new Wire()) {
            wire.send("GET /api/tasks HTTP/1.1\r\nHost: h\r\nX-Mine: 1\r\nX-Yours: 1\r\nConnection: X-Mine\r\n\r\n");
            wire.send("GET /api/nothing HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

            assertThat(wire.rest()).contains("X-yours").doesNotContain("X-mine");
        }
    }

    @Test
    void streamsAFileOfTwentyFiveMegabytes() {
        byte[] file = new byte[25 * 1024 * 1024];

        Api.Answer answer = Split.ownPage("good for files").post("/api/imports?name=x", file);

        assertThat(answer.json().at("/length").asLong()).isEqualTo(file.length);
    }

    @Test
    void invitesTheBodyThatWaitsToBeInvited() throws IOException {
        try (Wire wire = new Wire()) {
            wire.send("POST /api/tasks HTTP/1.1\r\nHost: tarn.example\r\nContent-Length: 2\r\n"
                    + "Expect: 100-continue\r\nConnection: close\r\n"
                    + "Cookie: __Host-tarn_session=good waiter\r\nOrigin: https://tarn.example\r\n\r\n");
            assertThat(wire.line()).isEqualTo("HTTP/1.1 100 Continue");

            wire.send("{}");

            assertThat(wire.rest()).contains("HTTP/1.1 200 OK").contains("\"length\":2");
        }
    }

    @Test
    void passesABodyOfUnknownLengthOn() throws IOException {
        String answer = Wire.answer("POST /api/tasks HTTP/1.1\r\nHost: tarn.example\r\nTransfer-Encoding: chunked\r\n"
                + "Cookie: __Host-tarn_session=good streamer\r\nOrigin: https://tarn.example\r\n"
                + "Connection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

        assertThat(answer).contains("HTTP/1.1 200 OK").contains("\"length\":5");
    }

    @Test
    void stopsTheServiceWhenTheClientHasGone() throws IOException {
        try (Wire wire = new Wire()) {
            wire.send("GET /api/tasks?endless HTTP/1.1\r\nHost: tarn.example\r\n\r\n");
            assertThat(wire.line()).contains("200");
        }

        Eventually.within(
                Duration.ofSeconds(10),
                () -> Split.services().get("/test/cancelled").body().equals("true"));
    }

    @Test
    void answersWhatLeadsNowhere() throws IOException {
        assertThat(GATEWAY.get("/api/nothing").status()).isEqualTo(404);
        assertThat(GATEWAY.get("/api/nothing").code()).isEqualTo("not-found");
        assertThat(GATEWAY.get("/internal/identity/users/1").code()).isEqualTo("not-found");
        assertThat(GATEWAY.get("/%69nternal/users/1").code()).isEqualTo("not-found");
        assertThat(Wire.get("/api/../internal/identity/users/1"))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"malformed\"");
        assertThat(Wire.answer("BREW /api/tasks HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("\"code\":\"method-not-allowed\"");
        assertThat(Wire.answer("OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(Wire.answer("CONNECT evil.example:443 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(Wire.get("/api/tasks?" + "x".repeat(5_000)))
                .startsWith("HTTP/1.1 414")
                .contains("\"code\":\"uri-too-long\"");
        assertThat(GATEWAY.header("X-Long", "x".repeat(17_000))
                        .get("/api/tasks")
                        .code())
                .isEqualTo("headers-too-large");
        assertThat(Wire.get("/" + "x".repeat(20_000))).contains(" 414 ");
        assertThat(Wire.answer(
                        "POST /api/tasks HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void givesEveryRequestAName() {
        String made = GATEWAY.get("/api/tasks").header("X-Request-Id");
        Api.Answer problem = GATEWAY.header("X-Request-Id", "bad id!").get("/api/nothing");

        assertThat(made).hasSize(36);
        assertThat(problem.header("X-Request-Id")).hasSize(36).isEqualTo(problem.at("/traceId"));
        assertThat(RequestId.wellFormed("1234567")).isFalse();
        assertThat(RequestId.wellFormed("1".repeat(65))).isFalse();
        assertThat(RequestId.wellFormed("Ab-_9876")).isTrue();
    }

    @Test
    void tellsBrowsersToBeStrict() {
        Api.Answer data = GATEWAY.get("/api/tasks");
        Api.Answer page = GATEWAY.get("/");

        assertThat(data.header("Cache-Control")).isEqualTo("no-store");
        assertThat(data.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(data.header("Strict-Transport-Security")).startsWith("max-age=");
        assertThat(data.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self';", "frame-ancestors 'none'");
        assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(GATEWAY.header("Origin", "https://evil.example")
                        .get("/api/tasks")
                        .headers()
                        .map())
                .doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void isReadyWhenAllServicesAre() {
        Eventually.within(
                Duration.ofSeconds(10),
                () -> GATEWAY.get("/health/ready").at("/status").equals("UP"));
        Split.tell("ready", false);
        Api.Answer unready = GATEWAY.get("/health/ready");
        Split.tell("ready", true);

        assertThat(unready.status()).isEqualTo(503);
        assertThat(unready.body()).contains("upstreams").contains("\"tasks\": false");
        assertThat(GATEWAY.get("/health/live").status()).isEqualTo(200);
        assertThat(GATEWAY.header("Authorization", "Bearer nonsense")
                        .get("/health")
                        .status())
                .isEqualTo(200);
    }
}
