package tarn.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Decodes HTTP/1.1 strictly and turns a malformed request, or a head that takes longer than 30 s,
/// into one that carries a [RequestFault]; the rest of the connection is not read.
final class RequestDecoder extends VertxHttpRequestDecoder {

    /// Seconds from the first byte of the head to the last.
    static final int HEAD_SECONDS = 30;

    /// Bytes of a line; above the gateway's own limit, which refuses with a more specific status.
    private static final int MAX_LINE = 16 * 1024;

    private static final int MAX_HEADERS = 32 * 1024;

    /// Seconds until the connection of a malformed body is closed if nothing else closes it.
    private static final int LINGER_SECONDS = 5;

    private final BodyFault bodyFault;

    /// The head being read; null between head and end of body.
    private @Nullable RequestHeadValidator head = new RequestHeadValidator();

    /// The chunked body being read; null for other bodies.
    private @Nullable ChunkedBodyValidator chunks;

    private @Nullable ScheduledFuture<?> timer;
    private boolean faulty;

    RequestDecoder(BodyFault bodyFault) {
        super(new HttpServerOptions().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS));
        this.bodyFault = bodyFault;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        if (faulty) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        int from = buffer.readerIndex();
        int before = out.size();
        super.decode(context, buffer, out);
        if (head == null) {
            boolean wellFormed = chunks == null || chunks.read(buffer, from, buffer.readerIndex());
            readBody(context, wellFormed, out, before);
        } else {
            buffer.forEachByte(from, buffer.readerIndex() - from, head);
            readHead(context, head, out, before);
        }
    }

    private void readHead(ChannelHandlerContext context, RequestHeadValidator read, List<Object> out, int before) {
        HttpRequest request = out.size() > before && out.get(before) instanceof HttpRequest first ? first : null;
        RequestFault fault = request == null ? null : fault(request);
        if (fault == null && read.malformed()) {
            fault = RequestFault.MALFORMED;
        }
        if (fault != null) {
            removeFrom(out, before);
            out.add(faulty(request, fault));
            out.add(LastHttpContent.EMPTY_LAST_CONTENT);
            end();
        } else if (request != null) {
            bodyFault.reset();
            stopTimer();
            head = out.getLast() instanceof LastHttpContent ? new RequestHeadValidator() : null;
            chunks = head == null && HttpUtil.isTransferEncodingChunked(request) ? new ChunkedBodyValidator() : null;
        } else if (timer == null) {
            timer = context.executor().schedule(() -> timeOut(context), HEAD_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void readBody(ChannelHandlerContext context, boolean wellFormed, List<Object> out, int before) {
        Object last = out.size() > before ? out.getLast() : null;
        if (!wellFormed
                || (last instanceof LastHttpContent end && end.decoderResult().isFailure())) {
            removeFrom(out, before);
            end();
            bodyFault.occur();
            timer = context.executor().schedule(() -> close(context), LINGER_SECONDS, TimeUnit.SECONDS);
        } else if (last instanceof LastHttpContent) {
            head = new RequestHeadValidator();
        }
    }

    private static void removeFrom(List<Object> out, int before) {
        while (out.size() > before) {
            ReferenceCountUtil.release(out.removeLast());
        }
    }

    /// Refuses a head that takes too long.
    private void timeOut(ChannelHandlerContext context) {
        if (faulty) {
            return;
        }
        if (!context.channel().config().isAutoRead()) {
            // It is this process that does not read on, for the sake of an earlier request.
            timer = context.executor().schedule(() -> timeOut(context), HEAD_SECONDS, TimeUnit.SECONDS);
        } else {
            end();
            context.fireChannelRead(faulty(null, RequestFault.TOO_SLOW));
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            context.fireChannelReadComplete();
        }
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }

    private void end() {
        faulty = true;
        stopTimer();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        stopTimer();
        super.handlerRemoved0(context);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        stopTimer();
        if (!faulty) {
            super.decodeLast(context, buffer, out);
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Two lengths");
    }

    private static @Nullable RequestFault fault(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return switch (request.decoderResult().cause()) {
                case TooLongHttpLineException _ -> RequestFault.TARGET_TOO_LONG;
                case TooLongHttpHeaderException _ -> RequestFault.HEADERS_TOO_LARGE;
                default -> RequestFault.MALFORMED;
            };
        }
        if (!request.uri().startsWith("/") || !isUri(request.uri())) {
            return RequestFault.MALFORMED;
        }
        HttpHeaders headers = request.headers();
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        boolean missing = hosts.isEmpty() && request.protocolVersion().minorVersion() > 0;
        if (missing || hosts.size() > 1 || !hosts.stream().allMatch(RequestDecoder::isHost)) {
            return RequestFault.HOST;
        }
        return lengthIsClear(request) ? null : RequestFault.LENGTH;
    }

    /// Whether the target is a URI with an absolute path; Quarkus or the router would refuse others
    /// with a bare 400 before the gateway sees them.
    private static boolean isUri(String target) {
        try {
            var _ = new URI(target);
            return true;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static boolean isHost(String header) {
        return !header.isEmpty() && HostAndPort.parseAuthority(header, -1) != null;
    }

    private static boolean lengthIsClear(HttpRequest request) {
        List<String> lengths = request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
        List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (encodings.isEmpty()) {
            return lengths.isEmpty()
                    || (lengths.size() == 1
                            && !lengths.getFirst().isEmpty()
                            && lengths.getFirst().chars().allMatch(c -> c >= '0' && c <= '9'));
        }
        return lengths.isEmpty()
                && encodings.size() == 1
                && encodings.getFirst().equalsIgnoreCase("chunked")
                && request.protocolVersion().minorVersion() > 0;
    }

    /// A replacement with only the method and request id of the original.
    private static HttpObject faulty(@Nullable HttpRequest request, RequestFault fault) {
        HttpHeaders headers = HeadersMultiMap.httpHeaders();
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        headers.set(HttpHeaderNames.HOST, "localhost");
        HttpMethod method = HttpMethod.valueOf("UNREADABLE");
        if (request != null) {
            String id = request.headers().get(RequestId.HEADER);
            if (id != null && RequestId.wellFormed(id)) {
                headers.set(RequestId.HEADER, id);
            }
            method = request.method();
        }
        HttpRequest stand = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, "/unreadable", headers);
        stand.setDecoderResult(fault);
        return stand;
    }
}
