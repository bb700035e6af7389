package tarn.gateway;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import tarn.platform.Uuid7;
import tarn.platform.problem.Problem;

/// Refuses requests that [RequestDecoder] found malformed, on the public and the management port,
/// and closes the connection.
@Singleton
final class MalformedRequestCheck implements GatewayFilter {

    private final Clock clock;

    MalformedRequestCheck(Clock clock) {
        this.clock = clock;
    }

    void open(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(this::check);
    }

    @Override
    public void take(GatewayExchange exchange) {
        if (exchange.request().decoderResult() instanceof RequestFault fault) {
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            exchange.refuse(fault.status(), fault.code(), fault.detail());
        } else {
            exchange.next();
        }
    }

    private void check(RoutingContext context) {
        if (context.request().decoderResult() instanceof RequestFault fault) {
            String id = Uuid7.next(clock).toString();
            context.response()
                    .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                    .putHeader(RequestId.HEADER, id);
            ProblemResponses.answer(context, Problem.of(fault.status(), fault.code(), fault.detail(), List.of(), id));
        } else {
            context.next();
        }
    }
}
