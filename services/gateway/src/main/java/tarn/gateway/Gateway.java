package tarn.gateway;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/// Runs every request through a fixed list of filters, before those of the framework, and answers
/// failures of the framework as problems.
///
/// A service of this process authenticates again after them, by the access token that they have
/// set.
@Singleton
final class Gateway {

    /// Filter priority: before all others.
    private static final int FIRST = 10_000;

    private final List<GatewayFilter> filters;

    Gateway(
            RequestId requestId,
            AccessLog accessLog,
            SecurityHeaders securityHeaders,
            ResponseCompression responseCompression,
            GracefulShutdown gracefulShutdown,
            MalformedRequestCheck requestFraming,
            HostCheck hostCheck,
            RequestSanitizer requestSanitizer,
            RelativeLocationHeader relativeLocationHeader,
            CallerLookup callerLookup,
            RateLimit rateLimit,
            ExcludedServiceCheck serviceCheck,
            CsrfCheck crossSite,
            Authentication authentication,
            OpenStreams openStreams,
            InternalAccessCheck internalAccessCheck,
            BodyReader bodyReader,
            AdmissionControl admissionControl,
            RequestTimeout requestTimeout,
            RequestDispatcher requestDispatcher) {
        filters = List.of(
                requestId,
                accessLog,
                securityHeaders,
                responseCompression,
                gracefulShutdown,
                requestFraming,
                hostCheck,
                requestSanitizer,
                relativeLocationHeader,
                callerLookup,
                rateLimit,
                serviceCheck,
                crossSite,
                authentication,
                openStreams,
                internalAccessCheck,
                bodyReader,
                admissionControl,
                requestTimeout,
                requestDispatcher);
    }

    void open(@Observes Filters registry) {
        registry.register(this::receive, FIRST);
    }

    void answerFailures(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(ProblemResponses::answer);
        ProblemResponses.UNMATCHED.forEach(status -> router.errorHandler(status, ProblemResponses::answer));
    }

    private void receive(RoutingContext context) {
        new GatewayExchange(context, filters).next();
    }
}
