package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
@WithTestResource(EchoingServices.class)
final class BodyLimitApiTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final Api CLIENT = Split.ownPage("good sender");

    @Test
    void aBodyOfAMegabyteIsTakenAndAByteMoreIsNot() {
        assertThat(CLIENT.post("/api/tasks", new byte[MEGABYTE]).status()).isEqualTo(200);
        assertThat(CLIENT.post("/api/tasks", new byte[MEGABYTE + 1]).code()).isEqualTo("too-large");
        assertThat(CLIENT.post("/api/imports", new byte[MEGABYTE + 1]).status()).isEqualTo(200);
    }

    @Test
    void changesThatAJobDoesMayHaveEightMegabytes() {
        Api later = CLIENT.header("Prefer", "respond-async, wait=1");

        assertThat(later.patch("/api/tasks", new byte[8 * MEGABYTE]).status()).isEqualTo(200);
        assertThat(later.patch("/api/tasks", new byte[8 * MEGABYTE + 1]).code()).isEqualTo("too-large");
        assertThat(later.post("/api/tasks", new byte[MEGABYTE + 1]).code()).isEqualTo("too-large");
        assertThat(CLIENT.patch("/api/tasks", new byte[MEGABYTE + 1]).code()).isEqualTo("too-large");
    }

    @Test
    void aFileAboveAHundredMegabytesIsNotInvited() throws IOException {
        try (Wire wire = new Wire()) {
            wire.send("POST /api/imports HTTP/1.1\r\nHost: h\r\nContent-Length: 104857601\r\n"
                    + "Cookie: __Host-tarn_session=good file\r\nOrigin: https://tarn.example\r\n"
                    + "Expect: 100-continue\r\n\r\n");

            assertThat(wire.line()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aBodyOfUnknownLengthIsCounted() throws IOException {
        try (Wire wire = new Wire()) {
            wire.send("POST /api/tasks HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
                    + "Cookie: __Host-tarn_session=good chunks\r\nOrigin: https://tarn.example\r\n\r\n");
            byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 17; i++) {
                wire.send(chunk);
            }
            wire.send("0\r\n\r\n");

            assertThat(wire.rest()).startsWith("HTTP/1.1 413").contains("\"code\":\"too-large\"");
        }
    }

    @Test
    void whoHasNotSignedInIsRefusedBeforeTheBodyIsRead() throws IOException {
        for (String path : new String[] {"/api/imports", "/api/tasks", "/graphql"}) {
            try (Wire wire = new Wire()) {
                wire.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n{");

                assertThat(wire.line()).startsWith("HTTP/1.1 401");
            }
        }
    }

    @Test
    void whatIsPackedIsNotUnpacked() {
        Api packing = CLIENT.header("Content-Encoding", "gzip");

        for (String path : new String[] {"/api/tasks", "/api/imports", "/graphql"}) {
            Api.Answer answer = packing.post(path, new byte[1_000]);
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.code()).isEqualTo("unsupported-media-type");
            assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
        }
        assertThat(CLIENT.header("Content-Encoding", "identity")
                        .post("/api/tasks", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aFewWordsMayHaveSixteenKilobytes() {
        assertThat(CLIENT.post("/api/sessions", new byte[16 * 1024]).status()).isEqualTo(200);
        assertThat(CLIENT.post("/api/sessions", new byte[16 * 1024 + 1]).code()).isEqualTo("too-large");
    }

    @Test
    void moreThanMemoryHoldsIsTakenAllTheSame() throws Exception {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = java.util.stream.IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(() -> CLIENT.post("/api/tasks", new byte[MEGABYTE])
                            .json()
                            .at("/length")
                            .asLong()))
                    .toList();

            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(MEGABYTE);
            }
        }
    }

    @Test
    void anAbsurdLengthIsRefused() throws IOException {
        assertThat(Wire.answer("POST /api/tasks HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                        + "Content-Length: 99999999999999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
    }
}
