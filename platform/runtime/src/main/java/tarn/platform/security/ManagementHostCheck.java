package tarn.platform.security;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import tarn.platform.problem.Problem;

/// Refuses requests for other hosts on the management port: 421, or 400 when the host cannot be read.
@Singleton
final class ManagementHostCheck {

    private final AllowedHosts hosts;

    ManagementHostCheck(AllowedHosts hosts) {
        this.hosts = hosts;
    }

    void open(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(this::check);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        HostAndPort authority = request.authority();
        int sent = request.headers().getAll(HttpHeaders.HOST).size();
        boolean old = request.version() == HttpVersion.HTTP_1_0 && sent == 0;
        String host = authority == null ? "" : authority.host();
        if (sent > 1 || (host.isEmpty() && !old)) {
            answer(context, Problem.of(400, "malformed", "The request needs one Host.", List.of(), null));
        } else if (!host.isEmpty() && !hosts.allow(host)) {
            answer(context, Problem.of(421, "misdirected", AllowedHosts.DETAIL, List.of(), null));
        } else {
            context.next();
        }
    }

    private static void answer(RoutingContext context, Problem problem) {
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(problem.json());
    }
}
