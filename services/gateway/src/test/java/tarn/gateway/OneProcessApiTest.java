package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.gateway.Split.GATEWAY;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;
import tarn.testing.EventStream;
import tarn.testing.Eventually;

/// The gateway in one process with the services behind it.
@QuarkusTest
final class OneProcessApiTest {

    private static String basic(String credential) {
        return "Basic " + Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
    }

    private static String chunked(String path, int chunks) throws IOException {
        try (Wire wire = new Wire()) {
            wire.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + PretendIdentity.token("good sender") + "\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n");
            byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < chunks; i++) {
                wire.send(chunk);
            }
            wire.send("0\r\n\r\n");
            return wire.rest();
        }
    }

    @Test
    void aCookieIsKnownToTheServiceAsACaller() {
        Api.Answer answer = Split.withCookie("good here").get("/api/tasks");

        assertThat(answer.body())
                .isEqualTo('"' + PretendIdentity.user("good here").toString() + '"');
        assertThat(Split.withCookie("ended here").get("/api/tasks").code()).isEqualTo("unauthenticated");
    }

    @Test
    void whoIsNobodyIsRefusedByTheService() {
        Api.Answer answer = GATEWAY.get("/api/tasks");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("unauthenticated");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void signingOutEndsASessionAtOnce() {
        Api ada = Split.ownPage("good until now");
        assertThat(ada.get("/api/tasks").status()).isEqualTo(200);

        assertThat(ada.delete("/api/sessions/current?secret=good%20until%20now").status())
                .isEqualTo(204);

        Eventually.within(Duration.ofSeconds(5), () -> ada.get("/api/tasks").status() == 401);
    }

    @Test
    void aStreamEndsWithItsSessionAtOnce() {
        Api ada = Split.ownPage("good follower");
        try (EventStream live = ada.stream("/api/live")) {
            live.next(Duration.ofSeconds(5));

            ada.delete("/api/sessions/current?secret=good%20follower");

            live.awaitEnd(Duration.ofSeconds(5));
        }
    }

    @Test
    void aStreamOutlivesItsAccessTokenWhileTheSessionLasts() {
        try (EventStream live = Split.withCookie("good brief").stream("/api/live")) {
            live.next(Duration.ofSeconds(5));

            Eventually.within(Duration.ofSeconds(10), () -> LocalServicesResource.exchanges("good brief") > 2);

            assertThat(live.isOpen()).isTrue();
        }
    }

    @Test
    void theSeventhStreamOfAUserIsRefused() {
        Api ada = Split.withCookie("good many");
        List<EventStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < OpenStreams.MAX_STREAMS_OF_USER; i++) {
                EventStream stream = ada.stream("/api/live");
                streams.add(stream);
                stream.next(Duration.ofSeconds(5));
            }

            Api.Answer refused = ada.get("/api/live");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isNotEmpty();
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic Z2F0ZXdheTp3cm9uZw==", "Bearer forged", "Bearer tarn_pat_good", "Digest x"})
    void whatIsInternalIsNotThere(String authorization) {
        Api client = authorization.isEmpty() ? GATEWAY : GATEWAY.header("Authorization", authorization);

        assertThat(client.get("/internal/identity/revocations?after=0").code()).isEqualTo("not-found");
        assertThat(client.post("/internal/identity/service-tokens").code()).isEqualTo("not-found");
        assertThat(client.cookie("__Host-tarn_session", "good")
                        .get("/internal/identity/revocations?after=0")
                        .code())
                .isEqualTo("not-found");
    }

    @Test
    void aServiceGetsInWithItsKeyAndThenWithItsToken() {
        Api.Answer token = GATEWAY.header("Authorization", basic("gateway:key-of-gateway-in-tests-0123456789abcdef"))
                .post("/internal/identity/service-tokens");

        Api.Answer revocations = GATEWAY.bearer(token.at("/value")).get("/internal/identity/revocations?after=0");

        assertThat(token.status()).isEqualTo(200);
        assertThat(revocations.status()).isEqualTo(200);
        assertThat(GATEWAY.bearer(PretendIdentity.token("good user"))
                        .get("/internal/identity/revocations?after=0")
                        .code())
                .isEqualTo("not-found");
    }

    @Test
    void aBodyOfUnknownLengthIsReadAndCounted() throws IOException {
        assertThat(chunked("/api/projects", 2)).contains("HTTP/1.1 200").endsWith("131072");
        assertThat(chunked("/api/projects", 0)).contains("HTTP/1.1 200").endsWith("0");
        assertThat(chunked("/api/projects", 17)).contains("HTTP/1.1 413").contains("\"code\":\"too-large\"");
        assertThat(chunked("/api/imports", 17)).contains("HTTP/1.1 201").endsWith("1114112");
    }

    @Test
    void aFileIsTakenAndATooLargeOneIsNot() {
        Api importer = GATEWAY.bearer(PretendIdentity.token("good importer"))
                .header("Content-Type", "application/octet-stream");

        Api.Answer taken = importer.post("/api/imports", new byte[25 * 1024 * 1024]);

        assertThat(taken.body()).isEqualTo("26214400");
        assertThat(taken.header("Location")).isEqualTo("/api/projects/1");
        assertThat(importer.askingFirst()
                        .post("/api/imports", new byte[BodyLimit.IMPORT + 1])
                        .code())
                .isEqualTo("too-large");
    }

    @Test
    void whoDoesNotReadKeepsNobodyFromATurn() throws IOException {
        List<Wire> slow = new ArrayList<>();
        for (int i = 0; i < AdmissionControl.MAX_IN_FLIGHT + 8; i++) {
            Wire wire = Wire.narrow();
            slow.add(wire);
            wire.send(("GET /api/posts HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                            + PretendIdentity.token("good sleeper " + i % 10) + "\r\n\r\n")
                    .repeat(8));
        }
        for (Wire wire : slow) {
            assertThat(wire.line()).startsWith("HTTP/1.1 200");
        }

        Api reader = GATEWAY.bearer(PretendIdentity.token("good reader"));
        for (int i = 0; i < 10; i++) {
            assertThat(reader.get("/api/posts").status()).isEqualTo(200);
        }
        for (Wire wire : slow) {
            wire.close();
        }
    }

    @Test
    void whatAServiceDoesNotHaveIsAProblemToo() {
        assertThat(GATEWAY.get("/api/users/nobody").code()).isEqualTo("not-found");
        assertThat(GATEWAY.delete("/api/projects").code()).isEqualTo("method-not-allowed");
    }

    @Test
    void isReadyByItself() {
        // Its first call to itself may be slow.
        Eventually.within(
                Duration.ofSeconds(10), () -> GATEWAY.get("/health/ready").status() == 200);
    }
}
