package tarn.gateway;

import io.netty.buffer.ByteBuf;

/// Validates a chunked body strictly by RFC 9112, 7.1, against request smuggling: hexadecimal sizes
/// with optional extensions, data of exactly that size, CR LF, well-formed trailers.
final class ChunkedBodyValidator {

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        MALFORMED
    }

    /// Hexadecimal digits of a chunk size.
    private static final int MAX_DIGITS = 8;

    private final RequestHeadValidator trailers = RequestHeadValidator.trailers();
    private State state = State.SIZE;
    private int digits;

    /// Bytes left in the current chunk.
    private long left;

    /// Validates bytes that the decoder has consumed; false when malformed.
    boolean read(ByteBuf buffer, int begin, int end) {
        int at = begin;
        while (at < end && state != State.MALFORMED) {
            if (state == State.TRAILERS) {
                buffer.forEachByte(at, end - at, trailers);
                return !trailers.malformed();
            }
            if (state == State.DATA) {
                long taken = Math.min(left, (long) end - at);
                at += (int) taken;
                left -= taken;
                state = left == 0 ? State.DATA_CR : State.DATA;
            } else {
                state = next(buffer.getByte(at) & 0xFF);
                at++;
            }
        }
        return state != State.MALFORMED;
    }

    private State next(int c) {
        return switch (state) {
            case SIZE -> size(c);
            case EXTENSION -> c == '\r' ? State.SIZE_LF : when(c == '\t' || (c >= ' ' && c != 0x7F), State.EXTENSION);
            case SIZE_LF -> when(c == '\n', left == 0 ? State.TRAILERS : State.DATA);
            case DATA_CR -> when(c == '\r', State.DATA_LF);
            case DATA_LF -> {
                digits = 0;
                yield when(c == '\n', State.SIZE);
            }
            case DATA, TRAILERS, MALFORMED -> state;
        };
    }

    private State size(int c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit >= 0) {
            digits++;
            left = left * 16 + digit;
            return when(digits <= MAX_DIGITS, State.SIZE);
        }
        if (c == ';') {
            return when(digits > 0, State.EXTENSION);
        }
        return when(c == '\r' && digits > 0, State.SIZE_LF);
    }

    private static State when(boolean rightly, State then) {
        return rightly ? then : State.MALFORMED;
    }
}
