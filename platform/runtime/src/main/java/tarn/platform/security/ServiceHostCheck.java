package tarn.platform.security;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tarn.catalogue.Catalogue;
import tarn.platform.Uuid7;
import tarn.platform.problem.Problem;

/// Refuses requests whose `Host` is not allowed (421) or malformed (400), against DNS rebinding, on
/// the management port and on services that run apart from the gateway.
@Singleton
final class ServiceHostCheck {

    /// Filter priority: before all filters of the framework.
    private static final int FIRST = 10_000;

    private static final String REQUEST_ID = "X-Request-Id";

    private final AllowedHosts hosts;
    private final Clock clock;
    private final boolean apart;

    ServiceHostCheck(
            AllowedHosts hosts,
            Clock clock,
            @ConfigProperty(name = "tarn.service", defaultValue = Catalogue.GATEWAY) String service) {
        this.hosts = hosts;
        this.clock = clock;
        this.apart = !service.equals(Catalogue.GATEWAY);
    }

    void open(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(context -> check(context, false));
    }

    void open(@Observes Filters filters) {
        if (apart) {
            filters.register(context -> check(context, true), FIRST);
        }
    }

    /// @param plainNames whether host names without a dot are allowed, as between containers: no
    /// web site has one
    private void check(RoutingContext context, boolean plainNames) {
        HttpServerRequest request = context.request();
        HostAndPort authority = request.authority();
        int sent = request.headers().getAll(HttpHeaders.HOST).size();
        boolean old = request.version() == HttpVersion.HTTP_1_0 && sent == 0;
        String host = authority == null ? "" : authority.host();
        if (sent > 1 || (host.isEmpty() && !old)) {
            refuse(context, 400, "malformed", "The request needs one Host.");
        } else if (!host.isEmpty() && !hosts.allow(host) && !(plainNames && host.indexOf('.') < 0)) {
            refuse(context, 421, "misdirected", AllowedHosts.DETAIL);
        } else {
            context.next();
        }
    }

    private void refuse(RoutingContext context, int status, String code, String detail) {
        String id = Uuid7.next(clock).toString();
        context.response()
                .setStatusCode(status)
                .putHeader(REQUEST_ID, id)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Problem.of(status, code, detail, List.of(), id).json());
    }
}
