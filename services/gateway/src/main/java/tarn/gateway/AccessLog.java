package tarn.gateway;

import io.quarkus.micrometer.runtime.binder.vertx.HttpRequestMetric;
import io.vertx.core.http.HttpMethod;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;

/// Logs one line per request when it has ended, and sets the route label of metrics.
///
/// Neither contains anything a client can choose, such as a query string or an id, except the
/// request id. Calls between services and health checks are logged at debug.
@Singleton
final class AccessLog implements GatewayFilter {

    /// The logger's category.
    static final String CATEGORY = "tarn.access";

    /// Status of a request whose client disconnected before the response.
    static final int CLIENT_GONE = 499;

    private static final Logger LOG = Logger.getLogger(CATEGORY);

    private final String service;

    /// @param service this process's name in JSON logs, where there are several
    AccessLog(
            @ConfigProperty(name = "quarkus.log.console.json.additional-field.service.value")
                    Optional<String> service) {
        this.service = service.orElse("");
    }

    @PostConstruct
    void writeByHand() {
        Stream.of(Logger.getLogger("").getHandlers()).forEach(this::writeByHand);
    }

    private void writeByHand(Handler handler) {
        if (handler.getFormatter() instanceof ExtFormatter usual) {
            handler.setFormatter(AccessLogFormatter.inPlaceOf(usual, service));
        }
        if (handler instanceof ExtHandler several) {
            Stream.of(several.getHandlers()).forEach(this::writeByHand);
        }
    }

    @Override
    public void take(GatewayExchange exchange) {
        HttpRequestMetric metric = HttpRequestMetric.getRequestMetric(exchange.context());
        if (metric != null) {
            metric.setTemplatePath(exchange.route().template());
        }
        exchange.atEnd(() -> write(exchange));
        exchange.next();
    }

    private static void write(GatewayExchange exchange) {
        Level level = switch (exchange.route().target()) {
            case INTERNAL, HEALTH -> Level.FINE;
            case SERVICE, FILES, NOTHING -> Level.INFO;
        };
        if (!LOG.isLoggable(level)) {
            return;
        }
        HttpMethod asked = exchange.request().method();
        String method = RequestSanitizer.METHODS.contains(asked) ? asked.name() : "OTHER";
        String route = exchange.route().template();
        // A stream ends when its client goes.
        boolean whole = exchange.response().ended()
                || (exchange.route().isStream() && exchange.response().headWritten());
        int status = whole ? exchange.response().getStatusCode() : CLIENT_GONE;
        long duration = exchange.age();
        String user = exchange.caller() == null ? "-" : exchange.caller().id().toString();
        String message = method + ' ' + route + ' ' + status + ' ' + duration + " ms, user " + user + ", request "
                + exchange.id();
        ExtLogRecord line = new ExtLogRecord(level, message, ExtLogRecord.FormatStyle.NO_FORMAT, CATEGORY);
        line.setLoggerName(CATEGORY);
        line.setMdc(Map.of(
                "method",
                method,
                "route",
                route,
                "status",
                Integer.toString(status),
                "durationMs",
                Long.toString(duration),
                "user",
                user,
                "requestId",
                exchange.id()));
        LOG.logRaw(line);
    }
}
