package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Eventually;

/// Requests that two readers could understand differently, or that are no HTTP at all. Written with
/// `|` for CR LF, `\` for CR, `^` for LF; the connection stays open unless the gateway closes it.
@QuarkusTest
@WithTestResource(EchoingServices.class)
final class FramingApiTest {

    @RegisterExtension
    final AccessLogRecorder log = new AccessLogRecorder();

    private static String bytes(String written) {
        return written.replace("|", "\r\n").replace('\\', '\r').replace('^', '\n');
    }

    /// Reads until the gateway closes the connection.
    private static String answer(String written) throws IOException {
        return Wire.answer(bytes(written));
    }

    private void assertRefused(String answer, int status, String code) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + ' ')
                .contains("\"code\":\"" + code + '"', "application/problem+json")
                .containsIgnoringCase("connection: close")
                .containsOnlyOnce("HTTP/1.1 ");
        String id = answer.replaceFirst("(?is).*\\r\\nx-request-id: ([^\\r]+)\\r\\n.*", "$1");
        assertThat(answer).contains("\"traceId\":\"" + id + '"');
        Eventually.within(
                Duration.ofSeconds(5),
                () -> log.lines(id).stream()
                        .anyMatch(line -> Integer.toString(status).equals(line.getMdc("status"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/tasks HTTP/1.1|Host: h|Content-Length: 3|Transfer-Encoding: chunked||0||",
                "POST /api/tasks HTTP/1.1|Host: h|Transfer-Encoding: chunked|Content-Length: 3||0||",
                "POST /api/tasks HTTP/1.1|Host: h|Content-Length: 3|Content-Length: 3||abc",
                "POST /api/tasks HTTP/1.1|Host: h|Content-Length: 3|Content-Length: 4||abc",
                "POST /api/tasks HTTP/1.1|Host: h|Content-Length: 3, 3||abc",
                "POST /api/tasks HTTP/1.1|Host: h|Content-Length: +3||abc",
                "POST /api/tasks HTTP/1.1|Host: h|Content-Length: -3||abc",
                "POST /api/tasks HTTP/1.1|Host: h|Content-Length: 0x3||abc",
                "POST /api/tasks HTTP/1.1|Host: h|Content-Length:||abc",
                "POST /api/tasks HTTP/1.1|Host: h|Content-Length: 99999999999999999999||abc",
                "POST /api/tasks HTTP/1.1|Host: h|Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||",
                "POST /api/tasks HTTP/1.1|Host: h|Transfer-Encoding: chunked, chunked||0||",
                "POST /api/tasks HTTP/1.1|Host: h|Transfer-Encoding: gzip, chunked||0||",
                "POST /api/tasks HTTP/1.1|Host: h|Transfer-Encoding: identity||",
                "POST /api/tasks HTTP/1.1|Host: h|Transfer-Encoding: xchunked||0||",
                "POST /api/tasks HTTP/1.0|Host: h|Transfer-Encoding: chunked||0||",
                "GET / HTTP/1.1||",
                "GET / HTTP/1.1|Host: h|Host: h||",
                "GET / HTTP/1.1|Host: h|X: a| b||",
                "GET / HTTP/1.1|Host: h|X: a|\tb||",
                "GET / HTTP/1.1| Host: h||",
                "GET / HTTP/1.1|Host: h|Content-Length : 0||",
                "GET / HTTP/1.1|Host : h||",
                "GET / HTTP/1.1|Host: h|: a||",
                "GET / HTTP/1.1|Host: h|no colon||",
                "GET / HTTP/1.1|Host: h|X: a\0b||",
                "GET / HTTP/1.1|Host: h|X: a\u0001b||",
                "GET / HTTP/1.1|Host: h|X: a\u007fb||",
                "GET / HTTP/1.1|Host: h|X\0: ab||",
                "GET / HTTP/1.1|Host: h|X: a\\b||",
                "GET / HTTP/1.1|Host: h|X: a^Y: b||",
                "GET / HTTP/1.1^Host: h^^",
                "GET / HTTP/1.1\\Host: h\\\\|",
                "GET / HTTP/1.1|Host: h^|",
                "GET / HTTP/9.9|Host: h||",
                "GET / HTTP/1.2|Host: h||",
                "GET / HTTP/1.10|Host: h||",
                "GET / HTTP/2.0|Host: h||",
                "GET / http/1.1|Host: h||",
                "GET / HTTP/1.1 |Host: h||",
                "GET  / HTTP/1.1|Host: h||",
                "GET\t/ HTTP/1.1|Host: h||",
                " GET / HTTP/1.1|Host: h||",
                "\0GET / HTTP/1.1|Host: h||",
                "OPTIONS * HTTP/1.1|Host: h||",
                "CONNECT h:1 HTTP/1.1|Host: h||",
                "GET http://h/ HTTP/1.1|Host: h||",
                "GET a HTTP/1.1|Host: h||",
                "GET /|Host: h||",
                "GET|Host: h||",
                "G(T / HTTP/1.1|Host: h||",
                "GET /?% HTTP/1.1|Host: h||",
                "GET /?a={b} HTTP/1.1|Host: h||",
                "GET /a[b] HTTP/1.1|Host: h||",
                "GET /?a=%4 HTTP/1.1|Host: h||",
                "GET /%zz HTTP/1.1|Host: h||",
                "GET /a%2 HTTP/1.1|Host: h||",
                "GET /a\u0001b HTTP/1.1|Host: h||",
                "GET /?a\0b HTTP/1.1|Host: h||",
                "GET /?a\u007fb HTTP/1.1|Host: h||",
                "hello|||",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001|",
                "PRI * HTTP/2.0||SM||"
            })
    void isRefusedAndEndsTheConnection(String request) throws IOException {
        assertRefused(answer(request), 400, "malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x|",
                "-1|",
                "+3|abc|0||",
                "0x3|abc|0||",
                " 3|abc|0||",
                "3\0|abc|0||",
                "3x|abc|0||",
                "3 |abc|0||",
                "3;a\0b|abc|0||",
                "3;^abc|0||",
                "3|abcd|0||",
                "3|abc0||",
                "fffffffff|",
                "|abc|",
                "3^abc|0||",
                "3|abc^0||",
                "3\\abc|0||",
                "3|abc|0|X : y||",
                "3|abc|0| x||",
                "3|abc|0|X: y^^",
                "00000000003|abc|0||"
            })
    void chunksThatAreNotWellFormedAreRefused(String chunks) throws IOException {
        assertRefused(
                answer("POST /api/sessions HTTP/1.1|Host: h|Transfer-Encoding: chunked||" + chunks), 400, "malformed");
    }

    @Test
    void whatIsLongIsRefusedByItsName() throws IOException {
        assertRefused(answer("GET /" + "a".repeat(40_000) + " HTTP/1.1|Host: h||"), 414, "uri-too-long");
        assertRefused(answer("GET / HTTP/1.1|Host: h|X: " + "a".repeat(70_000) + "||"), 431, "headers-too-large");
        assertThat(answer("GET / HTTP/1.1|Host: h|Connection: close|X: " + "a".repeat(20_000) + "||"))
                .startsWith("HTTP/1.1 431 ")
                .contains("\"code\":\"headers-too-large\"");
        assertThat(answer("GET / HTTP/1.1|Host: h|Connection: close|" + "Cookie: a=b|".repeat(2_000) + "|"))
                .startsWith("HTTP/1.1 431 ");
    }

    /// The rest of a connection is not read as a request once one could not be understood.
    @Test
    void nothingBehindARefusedRequestIsServed() throws IOException {
        String refused =
                answer("GET /health/live HTTP/1.1|Host: h||POST / HTTP/1.1|Host: h|Content-Length: 3|Content-Length: 3"
                        + "||abcGET /health/live HTTP/1.1|Host: h||");

        assertThat(refused).startsWith("HTTP/1.1 200 ").containsOnlyOnce("HTTP/1.1 400 ");
        assertThat(refused.split("HTTP/1.1 ", -1)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1|Host: h|Connection: close||",
                "|GET /health/live HTTP/1.1|Host:h |Connection: close||",
                "GET /health/live?a=%20&b=~[]' HTTP/1.1|HOST: h|Empty:|X:\ta\t|connection: close||",
                "GET /health/live HTTP/1.0||",
                "POST /api/sessions HTTP/1.1|Host: h|Transfer-Encoding: chunked|Connection: close||3;x=y|{ }|0|T: r||"
            })
    void whatIsWellFormedIsServed(String request) throws IOException {
        assertThat(answer(request)).startsWith("HTTP/1.").contains(" 200 ");
    }

    @Test
    void aRequestInSmallPiecesIsServed() throws IOException {
        try (Wire wire = new Wire()) {
            for (char c : bytes("GET /health/live HTTP/1.1|Host: h|Connection: close||")
                    .toCharArray()) {
                wire.send(String.valueOf(c));
            }
            assertThat(wire.rest()).startsWith("HTTP/1.1 200 ");
        }
    }

    /// However slowly the bytes come, and though each comes before an idle connection would be closed.
    @Test
    @Tag("long")
    void headersThatNeverEndAreRefused() throws IOException {
        try (Wire wire = new Wire()) {
            wire.send(bytes("GET /health/live HTTP/1.1|Host: h|X: "));
            String answer = "";
            for (int i = 0; answer.isEmpty() && i < 4; i++) {
                try {
                    answer = wire.rest();
                } catch (SocketTimeoutException patient) {
                    wire.send("a");
                }
            }
            assertRefused(answer, 408, "request-timeout");
        }
    }

    @Test
    void aRefusalKeepsTheIdThatWasSent() throws IOException {
        assertThat(answer("GET / HTTP/1.1|Host: h|Host: h|X-Request-Id: of-the-client||"))
                .contains("\"traceId\":\"of-the-client\"");
    }
}
