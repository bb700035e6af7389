package tarn.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import tarn.platform.deadline.RequestDeadline;

/// Maps every exception that reaches the HTTP layer to a [Problem]: a [Refusal] to its status, an
/// unavailable database or a passed deadline to 503, what is unexpected to 500, which is logged.
final class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    /// `Retry-After` of an unavailable database, in seconds.
    private static final int RETRY_SECONDS = 1;

    private static final int MAX_CAUSES = 100;

    /// Exceptions of the container for a transaction that could not begin or commit, with or
    /// without a cause.
    private static final List<Class<? extends Exception>> TRANSACTION = List.of(
            RollbackException.class,
            HeuristicMixedException.class,
            HeuristicRollbackException.class,
            SystemException.class);

    @ServerExceptionMapper
    Response refused(Refusal refusal, HttpServerRequest request) {
        return RequestDeadline.isOver() ? tookTooLong(request) : answered(refusal, request);
    }

    private static Response answered(Refusal refusal, HttpServerRequest request) {
        Response.ResponseBuilder answer = answer(Problem.of(refusal, traceId(request)));
        if (refusal instanceof Refusal.TooMany tooMany) {
            answer.header("Retry-After", Math.max(1, tooMany.retryAfter().toSeconds()));
        } else if (refusal instanceof Refusal.Unavailable || refusal instanceof Refusal.TookTooLong) {
            answer.header("Retry-After", RETRY_SECONDS);
        }
        return answer.build();
    }

    /// Malformed JSON: 400.
    @ServerExceptionMapper
    Response unreadable(JsonProcessingException failure, HttpServerRequest request) {
        return answer(Problem.of(InputErrors.json(failure), traceId(request))).build();
    }

    @ServerExceptionMapper
    Response mismatched(MismatchedInputException failure, HttpServerRequest request) {
        return unreadable(failure, request);
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException failure, HttpServerRequest request) {
        return answer(Problem.of(InputErrors.violations(failure), traceId(request)))
                .build();
    }

    @ServerExceptionMapper
    Response unauthenticated(UnauthorizedException failure, HttpServerRequest request) {
        Refusal refusal = new Refusal.Unauthenticated("unauthenticated", "Sign in, or send a valid access token.");
        return answer(Problem.of(refusal, traceId(request)))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException failure, HttpServerRequest request) {
        Refusal refusal = new Refusal.Forbidden("forbidden", "This credential may not do that.");
        return answer(Problem.of(refusal, traceId(request))).build();
    }

    /// Errors of the framework, such as an unknown path, method or media type.
    @ServerExceptionMapper
    Response framework(WebApplicationException failure, HttpServerRequest request) {
        // A parameter's converter that refuses: the framework would say that there is nothing here.
        if (failure.getCause() instanceof Refusal refusal) {
            return refused(refusal, request);
        }
        if (failure.getCause() instanceof JsonProcessingException json) {
            return unreadable(json, request);
        }
        int status = failure.getResponse().getStatus();
        String code = switch (status) {
            case 400 -> "malformed";
            case 401 -> "unauthenticated";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 413 -> "too-large";
            case 415 -> "unsupported-media-type";
            default -> status < 500 ? "refused" : "internal";
        };
        if (status >= 500) {
            return unexpected(failure, request);
        }
        String detail = switch (status) {
            case 404 -> "There is nothing here.";
            case 405 -> "This address does not support that method.";
            case 413 -> "That is too large.";
            case 415 -> "This media type is not supported here.";
            default -> "The request cannot be understood.";
        };
        return answer(Problem.of(status, code, detail, List.of(), traceId(request)))
                .build();
    }

    /// Maps an unavailable database to 503, any other database error to 500.
    @ServerExceptionMapper
    Response database(DataAccessException failure, HttpServerRequest request) {
        if (RequestDeadline.isOver()) {
            return tookTooLong(request);
        }
        String state = state(failure);
        Refusal.Unavailable refusal = unavailable(state);
        if (refusal == null) {
            return unexpected(failure, request);
        }
        return unavailable(refusal, state, request);
    }

    private Response unavailable(Refusal.Unavailable refusal, String state, HttpServerRequest request) {
        LOG.errorf("%s %s: %s (%s)", request.method(), request.path(), refusal.getMessage(), state);
        return refused(refusal, request);
    }

    /// PostgreSQL's SQLSTATE; that of a failed connection when the pool gave no connection in time.
    static String state(DataAccessException failure) {
        SQLException cause = failure.getCause(SQLException.class);
        return cause != null && cause.getSQLState() == null ? "08001" : failure.sqlState();
    }

    /// The refusal for a SQLSTATE that means the database is unavailable; null for any other.
    ///
    /// @param state PostgreSQL's SQLSTATE
    static Refusal.@Nullable Unavailable unavailable(String state) {
        return switch (state) {
            // lock_not_available, deadlock_detected, query_canceled
            case "55P03", "40P01", "57014" -> new Refusal.Unavailable("The database is busy. Try again.");
            // read_only_sql_transaction: a standby, or a server that recovers
            case "25006" -> new Refusal.Unavailable("The database takes no changes now. Try again later.");
            case "53100" -> new Refusal.Unavailable("The disk is full. Nothing was changed.");
            // connection_exception, operator_intervention, insufficient_resources
            default ->
                state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")
                        ? new Refusal.Unavailable("The database does not answer. Try again later.")
                        : null;
        };
    }

    /// The refusal for a transaction whose begin or commit failed because the database went away;
    /// null for other failures. The container wraps PostgreSQL's exception or hides it among the
    /// suppressed ones.
    ///
    /// @return null when it was not the database
    static Refusal.@Nullable Unavailable cutOff(Throwable failure) {
        boolean transaction = false;
        for (Throwable each : everything(failure)) {
            transaction |= TRANSACTION.stream().anyMatch(type -> type.isInstance(each));
            if (each instanceof SQLException sql) {
                Refusal.Unavailable refusal = unavailable(sql.getSQLState() == null ? "08001" : sql.getSQLState());
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return transaction ? unavailable("08006") : null;
    }

    private static Set<Throwable> everything(Throwable failure) {
        Set<Throwable> found = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> left = new ArrayDeque<>(List.of(failure));
        while (!left.isEmpty() && found.size() < MAX_CAUSES) {
            Throwable next = left.remove();
            if (found.add(next)) {
                left.addAll(List.of(next.getSuppressed()));
                if (next.getCause() != null) {
                    left.add(next.getCause());
                }
            }
        }
        return found;
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure, HttpServerRequest request) {
        if (RequestDeadline.isOver()) {
            return tookTooLong(request);
        }
        String traceId = traceId(request);
        if (failure instanceof IOException && request.response().closed()) {
            LOG.debugf("%s %s was given up by who asked, trace %s", request.method(), request.path(), traceId);
            return answer(Problem.internal(traceId)).build();
        }
        Refusal.Unavailable cutOff = failure instanceof DataAccessException ? null : cutOff(failure);
        if (cutOff != null) {
            return unavailable(cutOff, failure.getClass().getSimpleName(), request);
        }
        LOG.errorf(failure, "%s %s failed, trace %s", request.method(), request.path(), traceId);
        return answer(Problem.internal(traceId)).build();
    }

    private static Response tookTooLong(HttpServerRequest request) {
        // What stopped it must not stop the answer.
        var _ = Thread.interrupted();
        LOG.warnf("%s %s took too long and was stopped, trace %s", request.method(), request.path(), traceId(request));
        return answered(new Refusal.TookTooLong(), request);
    }

    private static Response.ResponseBuilder answer(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    }

    private static @Nullable String traceId(HttpServerRequest request) {
        return request.getHeader("X-Request-Id");
    }
}
