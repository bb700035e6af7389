package tarn.gateway;

import io.netty.util.ByteProcessor;

/// Validates a request head strictly by RFC 9112, against request smuggling: no folded lines, lone
/// CR or LF, space before a colon or control characters; only HTTP/1.0 and 1.1.
///
/// Netty's decoder, which parses the same bytes, accepts most of these.
final class RequestHeadValidator implements ByteProcessor {

    private enum State {
        /// Empty lines before the request line.
        BEFORE,
        BEFORE_LF,
        METHOD,
        TARGET,
        /// The two digits after a percent sign in the target.
        TARGET_HIGH,
        TARGET_LOW,
        VERSION,
        LINE_LF,
        LINE_BEGIN,
        NAME,
        VALUE,
        LAST_LF,
        DONE,
        MALFORMED
    }

    /// Empty lines before the request line; old clients send one after each body.
    private static final int MAX_EMPTY_LINES = 4;

    private static final String VERSION = "HTTP/1.";

    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    private State state = State.BEFORE;
    private int emptyLines;

    /// Characters of the current token.
    private int length;

    /// Validates the trailers of a chunked body, which have the syntax of headers.
    static RequestHeadValidator trailers() {
        RequestHeadValidator trailers = new RequestHeadValidator();
        trailers.state = State.LINE_BEGIN;
        return trailers;
    }

    @Override
    public boolean process(byte read) {
        int c = read & 0xFF;
        state = next(c);
        return state != State.MALFORMED && state != State.DONE;
    }

    boolean malformed() {
        return state == State.MALFORMED;
    }

    private State next(int c) {
        return switch (state) {
            case BEFORE -> c == '\r' ? State.BEFORE_LF : begin(State.METHOD, token(c));
            case BEFORE_LF -> {
                emptyLines++;
                yield when(c == '\n' && emptyLines <= MAX_EMPTY_LINES, State.BEFORE);
            }
            case METHOD -> c == ' ' ? begin(State.TARGET, true) : when(token(c), State.METHOD);
            case TARGET -> target(c);
            case TARGET_HIGH -> when(Character.digit(c, 16) >= 0, State.TARGET_LOW);
            case TARGET_LOW -> when(Character.digit(c, 16) >= 0, State.TARGET);
            case VERSION -> version(c);
            case LINE_LF -> when(c == '\n', State.LINE_BEGIN);
            case LINE_BEGIN -> c == '\r' ? State.LAST_LF : when(token(c), State.NAME);
            case NAME -> c == ':' ? State.VALUE : when(token(c), State.NAME);
            case VALUE -> c == '\r' ? State.LINE_LF : when(c == '\t' || (c >= ' ' && c != 0x7F), State.VALUE);
            case LAST_LF -> when(c == '\n', State.DONE);
            case DONE, MALFORMED -> state;
        };
    }

    private State target(int c) {
        if (c == ' ') {
            return length == 0 ? State.MALFORMED : begin(State.VERSION, true);
        }
        length++;
        return c == '%' ? State.TARGET_HIGH : when(c > ' ' && c != 0x7F, State.TARGET);
    }

    private State version(int c) {
        int at = length;
        length++;
        if (at < VERSION.length()) {
            return when(c == VERSION.charAt(at), State.VERSION);
        }
        if (at == VERSION.length()) {
            return when(c == '0' || c == '1', State.VERSION);
        }
        return when(c == '\r', State.LINE_LF);
    }

    private State begin(State word, boolean rightly) {
        length = 0;
        return when(rightly, word);
    }

    private static State when(boolean rightly, State then) {
        return rightly ? then : State.MALFORMED;
    }

    private static boolean token(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_SIGNS.indexOf(c) >= 0;
    }
}
