package tarn.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// A request and its response on their way through the filters, with what these have found out,
/// such as the caller; confined to one event loop.
final class GatewayExchange {

    private static final Logger LOG = Logger.getLogger(GatewayExchange.class);

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    private final RoutingContext context;
    private final Iterator<GatewayFilter> filters;
    private final Route route;
    private final long begin = System.nanoTime();

    private @Nullable Runnable ending;
    private boolean ended;
    private @Nullable Buffer text;
    private @Nullable Body file;
    private String id = "";
    private String address = "";
    private String scheme = "http";
    private Credential credential = new Credential.None();
    private @Nullable CompletableFuture<CredentialExchangeResult> grant;
    private @Nullable Caller caller;

    GatewayExchange(RoutingContext context, List<GatewayFilter> filters) {
        this.context = context;
        this.filters = filters.iterator();
        this.route = Route.to(context.normalizedPath());
    }

    /// Runs the next filter, unless the exchange has ended: nobody is left to be answered, and nothing
    /// may be taken that the end gives back.
    void next() {
        if (!ended) {
            attempt(() -> filters.next().take(this));
        }
    }

    /// Runs a part of a filter: a refusal is sent as response, any other exception as a 500.
    void attempt(Runnable part) {
        try {
            part.run();
        } catch (Refusal refusal) {
            refuse(refusal);
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "%s %s failed, trace %s", request().method(), route.template(), id);
            refuse(Problem.internal(id));
        }
    }

    /// Continues when a future completes, on this event loop, at once if it is complete.
    <T> void when(CompletableFuture<T> future, Consumer<T> then) {
        if (future.isDone()) {
            then.accept(known(future));
            return;
        }
        Future.fromCompletionStage(future, context.vertx().getOrCreateContext())
                .onComplete(_ -> attempt(() -> then.accept(known(future))));
    }

    private static <T> T known(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof Refusal refusal ? refusal : failure;
        }
    }

    /// Sends `100 Continue` to a client that expects it (RFC 9110, 10.1.1).
    void inviteBody() {
        if (request().headers().contains(HttpHeaders.EXPECT)) {
            request().headers().remove(HttpHeaders.EXPECT);
            response().writeContinue();
        }
    }

    /// Adds work to run once, when the response is complete or the connection is lost, after work
    /// added earlier; at once if that has been.
    void atEnd(Runnable work) {
        if (ended) {
            work.run();
        } else if (ending == null) {
            ending = work;
            context.addEndHandler(_ -> end());
        } else {
            Runnable before = ending;
            ending = () -> {
                before.run();
                work.run();
            };
        }
    }

    /// Whether the response is complete or the connection is lost.
    boolean hasEnded() {
        return ended;
    }

    /// Ends the exchange, if it has not ended.
    void end() {
        if (ending != null && !ended) {
            ended = true;
            ending.run();
        }
    }

    /// Responds with a refusal.
    void refuse(Refusal refusal) {
        if (refusal instanceof Refusal.TooMany tooMany) {
            response()
                    .putHeader(
                            "Retry-After",
                            Long.toString(Math.max(1, tooMany.retryAfter().toSeconds())));
        }
        if (refusal instanceof Refusal.Unavailable || refusal instanceof Refusal.TookTooLong) {
            response().putHeader("Retry-After", "1");
        }
        if (refusal instanceof Refusal.Unauthenticated) {
            response().putHeader("WWW-Authenticate", "Bearer");
        }
        refuse(Problem.of(refusal, id));
    }

    void refuse(int status, String code, String detail) {
        refuse(Problem.of(status, code, detail, List.of(), id));
    }

    private void refuse(Problem problem) {
        if (!response().headWritten() && !response().closed()) {
            ProblemResponses.answer(context, problem);
        }
    }

    /// The received body, to be sent; null for none.
    @Nullable
    Body body() {
        return text == null ? file : Body.body(text);
    }

    void body(Buffer received) {
        text = received;
    }

    /// @param length in bytes
    void body(AsyncFile received, long length) {
        file = Body.body(received, length);
    }

    /// Whether the body, if there is one, can be sent again.
    boolean isBodyInMemory() {
        return file == null;
    }

    /// Whether doing it twice does no harm; what is bound to a version would be refused the second
    /// time.
    boolean isIdempotent() {
        HttpMethod method = request().method();
        boolean keyed = method.equals(HttpMethod.POST) && request().headers().contains("Idempotency-Key");
        return (keyed || IDEMPOTENT.contains(method)) && !request().headers().contains(HttpHeaders.IF_MATCH);
    }

    RoutingContext context() {
        return context;
    }

    HttpServerRequest request() {
        return context.request();
    }

    HttpServerResponse response() {
        return context.response();
    }

    Route route() {
        return route;
    }

    /// Whether the method is safe (RFC 9110, 9.2.1).
    boolean safe() {
        return SAFE.contains(request().method());
    }

    /// Whether a service is the target, and not the gateway's own files or health checks.
    boolean forService() {
        return route.target() == Route.Target.SERVICE || route.target() == Route.Target.INTERNAL;
    }

    /// Milliseconds since arrival.
    long age() {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    String id() {
        return id;
    }

    void id(String id) {
        this.id = id;
    }

    /// The client's address, as far as trusted proxies vouch for it.
    String address() {
        return address;
    }

    /// `http` or `https`, as the client uses it.
    String scheme() {
        return scheme;
    }

    void comesFrom(String address, String scheme) {
        this.address = address;
        this.scheme = scheme;
    }

    /// The credential sent, verified or not.
    Credential credential() {
        return credential;
    }

    void credential(Credential credential) {
        this.credential = credential;
    }

    /// The caller; null when anonymous or not yet known.
    @Nullable
    Caller caller() {
        return caller;
    }

    void caller(Caller caller) {
        this.caller = caller;
    }

    /// Identity's cached or pending grant for the secret sent; null for none.
    @Nullable
    CompletableFuture<CredentialExchangeResult> grant() {
        return grant;
    }

    void grant(@Nullable CompletableFuture<CredentialExchangeResult> grant) {
        this.grant = grant;
    }
}
