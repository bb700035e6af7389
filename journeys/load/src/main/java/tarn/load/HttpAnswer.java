package tarn.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An HTTP/1.1 answer as it arrives: as much of RFC 9112 as it takes to know where it ends.
final class HttpAnswer {

    private static final String LENGTH = "content-length:";
    private static final String ENCODING = "transfer-encoding:";
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private byte[] all = new byte[2048];
    private int size;

    /// Where the body begins, or the next chunk of it; 0 while the head is not complete.
    private int next;

    private boolean chunked;
    private int bytes;
    private boolean whole;

    /// Takes what has arrived.
    void add(ByteBuffer more) {
        if (size + more.remaining() > all.length) {
            all = Arrays.copyOf(all, 2 * (size + more.remaining()));
        }
        int count = more.remaining();
        more.get(all, size, count);
        size += count;
        if (next == 0) {
            readHead();
        }
        if (chunked) {
            readChunks();
        } else if (next > 0) {
            whole = size >= next + bytes;
        }
    }

    boolean isWhole() {
        return whole;
    }

    int status() {
        return Integer.parseInt(new String(all, STATUS_AT, 3, StandardCharsets.ISO_8859_1));
    }

    /// Of the body, once it is whole.
    int bytes() {
        return bytes;
    }

    String text() {
        return new String(all, 0, size, StandardCharsets.UTF_8);
    }

    private void readHead() {
        String head = new String(all, 0, size, StandardCharsets.ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        next = end + 4;
        for (int line = head.indexOf("\r\n") + 2; line < next - 2; line = head.indexOf("\r\n", line) + 2) {
            if (head.regionMatches(true, line, LENGTH, 0, LENGTH.length())) {
                String length = head.substring(line + LENGTH.length(), head.indexOf("\r\n", line));
                bytes = Integer.parseInt(length.strip());
            } else if (head.regionMatches(true, line, ENCODING, 0, ENCODING.length())) {
                chunked = true;
            }
        }
    }

    private void readChunks() {
        while (!whole) {
            int end = lineEnd(next);
            if (end < 0) {
                return;
            }
            int length = Integer.parseInt(new String(all, next, end - next, StandardCharsets.ISO_8859_1), 16);
            if (size < end + 2 + length + 2) {
                return;
            }
            bytes += length;
            next = end + 2 + length + 2;
            whole = length == 0;
        }
    }

    /// Where the line ends that begins there; -1 when its end has not arrived.
    private int lineEnd(int from) {
        for (int at = from; at < size - 1; at++) {
            if (all[at] == '\r' && all[at + 1] == '\n') {
                return at;
            }
        }
        return -1;
    }
}
