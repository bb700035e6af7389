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

/// One request on its way through the steps, and what they have found out about it.
///
/// Belongs to one event loop; nothing here is meant for several threads.
final class Exchange {

    private static final Logger LOG = Logger.getLogger(Exchange.class);

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final RoutingContext context;
    private final Iterator<Step> steps;
    private final Route route;
    private final long begin = System.nanoTime();

    private @Nullable Runnable ending;
    private boolean ended;
    private @Nullable Body body;
    private String id = "";
    private String address = "";
    private String scheme = "http";
    private Credential credential = new Credential.None();
    private @Nullable CompletableFuture<Grant> grant;
    private @Nullable Caller caller;

    Exchange(RoutingContext context, List<Step> steps) {
        this.context = context;
        this.steps = steps.iterator();
        this.route = Route.to(context.normalizedPath());
    }

    /// The next step.
    void next() {
        attempt(() -> steps.next().take(this));
    }

    /// Does a part of a step: a refusal is answered, and so is, with a 500, what breaks.
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

    /// Goes on when something is known: at once when it is, else later on this event loop.
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

    /// Lets a client that waits to be asked (RFC 9110, 10.1.1) send its body.
    void inviteBody() {
        if (request().headers().contains(HttpHeaders.EXPECT)) {
            request().headers().remove(HttpHeaders.EXPECT);
            response().writeContinue();
        }
    }

    /// Does something when the answer has been sent, or never will be, after what was asked for before.
    void atEnd(Runnable work) {
        if (ending == null) {
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

    /// Ends it, if it has not ended.
    void end() {
        if (ending != null && !ended) {
            ended = true;
            ending.run();
        }
    }

    /// Answers with a "no".
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
            Failures.answer(context, problem);
        }
    }

    /// The body that has been received; null when the request has none.
    @Nullable
    Body body() {
        return body;
    }

    void body(Buffer received) {
        body = Body.body(received);
    }

    /// @param length in bytes
    void body(AsyncFile received, long length) {
        body = Body.body(received, length);
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

    /// Whether the method by its meaning changes nothing.
    boolean safe() {
        return SAFE.contains(request().method());
    }

    /// Whether it goes to a service, as opposed to something of the gateway's own.
    boolean forService() {
        return route.target() == Route.Target.SERVICE || route.target() == Route.Target.INTERNAL;
    }

    /// Milliseconds since it came.
    long age() {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    String id() {
        return id;
    }

    void id(String id) {
        this.id = id;
    }

    /// The client's address, as far as it can be believed.
    String address() {
        return address;
    }

    /// `http` or `https`, as the client sees it.
    String scheme() {
        return scheme;
    }

    void comesFrom(String address, String scheme) {
        this.address = address;
        this.scheme = scheme;
    }

    /// What was presented, believed or not.
    Credential credential() {
        return credential;
    }

    void credential(Credential credential) {
        this.credential = credential;
    }

    /// Who is asking; null when nobody, or not yet known.
    @Nullable
    Caller caller() {
        return caller;
    }

    void caller(Caller caller) {
        this.caller = caller;
    }

    /// What identity gave, or is about to give, for the secret that was presented; null when it has
    /// not been asked lately.
    @Nullable
    CompletableFuture<Grant> grant() {
        return grant;
    }

    void grant(@Nullable CompletableFuture<Grant> grant) {
        this.grant = grant;
    }
}
