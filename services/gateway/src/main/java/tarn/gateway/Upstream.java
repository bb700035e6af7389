package tarn.gateway;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.streams.Pipe;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import tarn.platform.connection.ClientConnection;
import tarn.platform.problem.Problem;
import tarn.platform.service.StoppingService;

/// Reverse proxy to the processes of a service, in turns, over at most 128 connections to each, and
/// one more for each live stream; requests and responses are streamed.
///
/// A request that a process has not read is sent to another one, and so is one that does no harm
/// twice after a lost connection.
final class Upstream {

    /// Connect timeout.
    static final Duration CONNECT = Duration.ofSeconds(1);

    /// Idle timeout of a connection; longer than [RequestTimeout] waits for a response.
    private static final Duration IDLE = RequestTimeout.LINGER.plusSeconds(5);

    /// Idle timeout of a live stream, which sends a heartbeat every 15 s.
    private static final Duration STREAM_IDLE = Duration.ofSeconds(75);

    /// Timeout of the readiness check.
    static final Duration READY = Duration.ofSeconds(1);

    private static final int CONNECTIONS = 128;
    private static final int WAITING = 1_000;
    private static final Logger LOG = Logger.getLogger(Upstream.class);

    /// Hop-by-hop headers (RFC 9110, 7.6.1), and headers that the gateway sets itself.
    private static final List<CharSequence> NOT_PASSED_ON = List.of(
            HttpHeaders.CONNECTION,
            HttpHeaders.KEEP_ALIVE,
            HttpHeaders.TRANSFER_ENCODING,
            HttpHeaders.UPGRADE,
            HttpHeaders.createOptimized("Proxy-Connection"),
            HttpHeaders.createOptimized("Trailer"),
            HttpHeaders.createOptimized("Server"),
            HttpHeaders.createOptimized(StoppingService.HEADER),
            HttpHeaders.createOptimized(RequestId.HEADER));

    private final HttpClient client;
    private final HttpClient streams;
    private final List<UpstreamInstance> instances;
    private final AtomicInteger turns = new AtomicInteger();

    /// @param at scheme, host and port of each process; all have the scheme of the first
    /// @param timeout how long a request may run there
    Upstream(Vertx vertx, List<URI> at, Duration timeout) {
        boolean secure = "https".equals(at.getFirst().getScheme());
        this.instances = at.stream().map(UpstreamInstance::new).toList();
        this.client = vertx.createHttpClient(
                options(secure, timeout.plus(IDLE)), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.streams = vertx.createHttpClient(
                options(secure, STREAM_IDLE), new PoolOptions().setHttp1MaxSize(OpenStreams.MAX_STREAMS));
    }

    private static HttpClientOptions options(boolean secure, Duration idle) {
        return new HttpClientOptions()
                .setSsl(secure)
                .setConnectTimeout((int) CONNECT.toMillis())
                .setIdleTimeout((int) idle.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxWaitQueueSize(WAITING)
                .setMaxInitialLineLength(16_384)
                .setMaxHeaderSize(32_768);
    }

    /// Whether a process of the service is ready, answered within the timeout.
    Future<Boolean> ready() {
        List<Future<Boolean>> all = instances.stream().map(this::ready).toList();
        return Future.join(all).map(_ -> all.stream().anyMatch(Future::result));
    }

    private Future<Boolean> ready(UpstreamInstance instance) {
        RequestOptions question = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(instance.host())
                .setPort(instance.port())
                .setURI("/health/ready")
                .setConnectTimeout(READY.toMillis())
                .setIdleTimeout(READY.toMillis());
        return client.request(question)
                .compose(HttpClientRequest::send)
                .map(answer -> answer.statusCode() == 200)
                .otherwise(false);
    }

    void forward(GatewayExchange exchange) {
        HttpClient by = exchange.route().isStream() ? streams : client;
        Passage passage = new Passage(exchange, by, turn());
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), by)
                .origin(_ -> passage.connect())
                .addInterceptor(passage)
                .handle(exchange.request());
    }

    /// The processes in the order in which a request tries them: those that are left alone last.
    private Deque<UpstreamInstance> turn() {
        if (instances.size() == 1) {
            return new ArrayDeque<>(instances);
        }
        Deque<UpstreamInstance> turn = new ArrayDeque<>();
        int first = turns.getAndIncrement();
        for (int i = 0; i < instances.size(); i++) {
            turn.add(instances.get(Math.floorMod(first + i, instances.size())));
        }
        for (int i = 1; i < instances.size() && !turn.getFirst().isAvailable(); i++) {
            turn.addLast(turn.removeFirst());
        }
        return turn;
    }

    /// One proxied request.
    private static final class Passage implements ProxyInterceptor {

        private final GatewayExchange exchange;
        private final HttpClient client;
        private final Deque<UpstreamInstance> rest;
        private UpstreamInstance to;

        /// @param rest the processes to try
        Passage(GatewayExchange exchange, HttpClient client, Deque<UpstreamInstance> rest) {
            this.exchange = exchange;
            this.client = client;
            this.rest = rest;
            this.to = rest.getFirst();
        }

        /// A connection to the next process that accepts one; none for a client that has gone.
        Future<HttpClientRequest> connect() {
            if (exchange.hasEnded()) {
                return Future.failedFuture(new HttpClosedException("The client has gone."));
            }
            UpstreamInstance next = rest.removeFirst();
            to = next;
            // What breaks is told by the answer that fails; without a handler it would also be logged.
            return client.request(new RequestOptions().setHost(next.host()).setPort(next.port()))
                    .onSuccess(request -> {
                        request.exceptionHandler(_ -> {});
                        exchange.atEnd(() -> resetUnlessAnswered(request));
                        next.sent();
                        request.response().onSuccess(_ -> next.answered()).onFailure(_ -> next.lost());
                    })
                    .recover(failure -> {
                        if (!(failure instanceof ConnectionPoolTooBusyException)) {
                            next.pause();
                        }
                        return rest.isEmpty() ? Future.failedFuture(failure) : connect();
                    });
        }

        /// The proxy does so only for a client that goes after the request was sent.
        private void resetUnlessAnswered(HttpClientRequest request) {
            if (!exchange.response().ended()) {
                request.reset();
            }
        }

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            HostAndPort asked = exchange.request().authority();
            if (asked != null) {
                context.request().setAuthority(asked);
            }
            exchange.request().resume();
            return send(context).recover(failure -> Future.succeededFuture(problem(context, failure)));
        }

        private Future<ProxyResponse> send(ProxyContext context) {
            // What has been received: the request itself can be read only once.
            context.request().setBody(exchange.body());
            return context.sendRequest()
                    .compose(
                            answer -> {
                                boolean stopping = answer.headers().contains(StoppingService.HEADER);
                                if (stopping) {
                                    to.pause();
                                }
                                return stopping && isRepeatable()
                                        ? discard(answer, context)
                                        : Future.succeededFuture(answer);
                            },
                            failure -> exchange.isIdempotent() && away(failure) && isRepeatable()
                                    ? send(context)
                                    : Future.failedFuture(failure));
        }

        /// Whether there is another process to try, and what was received can be sent again.
        private boolean isRepeatable() {
            HttpServerResponse response = exchange.response();
            return !rest.isEmpty() && exchange.isBodyInMemory() && !response.headWritten() && !response.closed();
        }

        private Future<ProxyResponse> discard(ProxyResponse answer, ProxyContext context) {
            answer.release();
            return send(context);
        }

        /// Sends the response instead of the proxy, which would not report the end of the request on a
        /// broken connection, as the access log and the graceful shutdown need.
        @Override
        public Future<Void> handleProxyResponse(ProxyContext context) {
            ProxyResponse answer = context.response();
            HttpServerResponse response = exchange.response();
            if (response.headWritten()) {
                // The gateway has not waited for it.
                exchange.request().connection().close();
                return Future.succeededFuture();
            }
            NOT_PASSED_ON.forEach(answer.headers()::remove);
            response.setStatusCode(answer.getStatusCode()).headers().addAll(answer.headers());
            Body body = answer.getBody();
            if (body.length() >= 0) {
                response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(body.length()));
            } else if (mayHaveBody(answer.getStatusCode())) {
                response.setChunked(true);
            }
            Pipe<Buffer> pipe = body.stream().pipe().endOnFailure(false);
            return pipe.to(response).otherwise(_ -> {
                new ClientConnection(exchange.request().connection()).close();
                exchange.end();
                return null;
            });
        }

        private boolean mayHaveBody(int status) {
            return status != 204
                    && status != 304
                    && !exchange.request().method().equals(HttpMethod.HEAD);
        }

        private ProxyResponse problem(ProxyContext context, Throwable failure) {
            Problem problem = Problem.of(
                    away(failure) ? 503 : 502,
                    "unavailable",
                    "A part of Tarn does not answer. Try again later.",
                    List.of(),
                    exchange.id());
            if (!exchange.response().closed()) {
                LOG.warnf("%s: %s, trace %s", exchange.route().service(), failure, exchange.id());
            }
            if (problem.status() == 503) {
                exchange.response().putHeader("Retry-After", "1");
            }
            return context.request()
                    .release()
                    .response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .setBody(Body.body(Buffer.buffer(problem.json())));
        }

        /// Not there, no longer there, or too slow; as opposed to there and talking nonsense.
        private static boolean away(Throwable failure) {
            return failure instanceof IOException
                    || failure instanceof HttpClosedException
                    || failure instanceof StreamResetException
                    || failure instanceof ConnectTimeoutException
                    || failure instanceof ConnectionPoolTooBusyException;
        }
    }
}
