package tarn.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jboss.logging.Logger;
import tarn.platform.problem.Problem;

/// Writes errors of the framework, and refusals by the gateway, as problem details (RFC 9457),
/// without the message of an exception; those of 500 and above are logged.
final class ProblemResponses {

    /// Statuses that the router gives to requests without a route.
    static final List<Integer> UNMATCHED = List.of(400, 404, 405, 406, 415);

    private static final Logger LOG = Logger.getLogger(ProblemResponses.class);

    private ProblemResponses() {}

    static void answer(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.headWritten() || response.ended() || response.closed()) {
            return;
        }
        // A status that was set before the failure is the framework's, as with a refused token.
        int status = context.statusCode() >= 400 ? context.statusCode() : response.getStatusCode();
        if (status >= 500 || status < 400) {
            LOG.errorf(
                    context.failure(), "%s failed, trace %s", context.request().method(), traceId(context));
        }
        answer(context, problem(status, traceId(context)));
        if (status == 413) {
            BodyLimit.linger(context);
        }
    }

    static void answer(RoutingContext context, Problem problem) {
        if (problem.status() == 503 && !context.response().headers().contains("Retry-After")) {
            context.response().putHeader("Retry-After", "1");
        }
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(problem.json());
    }

    private static Problem problem(int status, String traceId) {
        return switch (status) {
            case 400 -> problem(status, "malformed", "The request cannot be understood.", traceId);
            case 401 -> problem(status, "unauthenticated", "Sign in, or send a valid access token.", traceId);
            case 403 -> problem(status, "forbidden", "You may not do this.", traceId);
            case 404 -> problem(status, "not-found", "There is nothing here.", traceId);
            case 405 -> problem(status, "method-not-allowed", "This address does not support that method.", traceId);
            case 406 ->
                problem(
                        status,
                        "not-acceptable",
                        "This is not available in a media type that the request accepts.",
                        traceId);
            case 413 -> problem(status, "too-large", "That is too large.", traceId);
            case 415 -> problem(status, "unsupported-media-type", "This media type is not supported here.", traceId);
            case 503 -> problem(status, "unavailable", "This does not answer now. Try again later.", traceId);
            default ->
                status > 400 && status < 500
                        ? problem(status, "refused", "The request cannot be served.", traceId)
                        : Problem.internal(traceId);
        };
    }

    private static Problem problem(int status, String code, String detail, String traceId) {
        return Problem.of(status, code, detail, List.of(), traceId);
    }

    private static String traceId(RoutingContext context) {
        return context.request().getHeader(RequestId.HEADER);
    }
}
