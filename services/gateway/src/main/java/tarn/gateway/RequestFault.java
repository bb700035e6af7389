package tarn.gateway;

import io.netty.handler.codec.DecoderResult;

/// Why [RequestDecoder] refuses the head of a request: malformed, too large or too slow.
///
/// It reports success to Netty, so that the request passes through the filters and is refused like
/// any other.
final class RequestFault extends DecoderResult {

    static final RequestFault MALFORMED =
            new RequestFault(400, "malformed", "The request is not well-formed HTTP/1.1; the connection is closed.");

    static final RequestFault HOST = new RequestFault(400, "malformed", "The request needs one Host.");

    static final RequestFault LENGTH = new RequestFault(
            400, "malformed", "The request needs one Content-Length or Transfer-Encoding: chunked, not both.");

    static final RequestFault TARGET_TOO_LONG =
            new RequestFault(414, "uri-too-long", "An address may have " + RequestSanitizer.MAX_URI + " characters.");

    static final RequestFault HEADERS_TOO_LARGE = new RequestFault(
            431, "headers-too-large", "Headers may have " + RequestSanitizer.MAX_HEADERS + " characters in all.");

    static final RequestFault TOO_SLOW = new RequestFault(
            408, "request-timeout", "The headers did not come within " + RequestDecoder.HEAD_SECONDS + " seconds.");

    private final int status;
    private final String code;
    private final String detail;

    private RequestFault(int status, String code, String detail) {
        super(SIGNAL_SUCCESS);
        this.status = status;
        this.code = code;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
