package tarn.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpAnswerTest {

    private static final String BY_LENGTH = "HTTP/1.1 200 OK\r\nETag: \"1\"\r\ncontent-length: 5\r\n\r\nhello";
    private static final String BY_CHUNKS = "HTTP/1.1 207 Multi-Status\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\nA\r\n, world\r\n!\r\n0\r\n\r\n";

    private final HttpAnswer answer = new HttpAnswer();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void endsWhereItsLengthSays(int piece) {
        assertThat(whole(BY_LENGTH, piece)).isTrue();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void endsWithItsLastChunk(int piece) {
        assertThat(whole(BY_CHUNKS, piece)).isTrue();
        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.bytes()).isEqualTo(15);
    }

    /// Whether it is whole with its last piece and not before.
    private boolean whole(String text, int piece) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int from = 0; from < bytes.length; from += piece) {
            assertThat(answer.isWhole()).isFalse();
            answer.add(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)));
        }
        return answer.isWhole();
    }
}
