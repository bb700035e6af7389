package tarn.gateway;

import jakarta.inject.Singleton;
import tarn.platform.service.Routes;

/// Refuses paths of services excluded from this installation: 404 `not-available`.
@Singleton
final class ExcludedServiceCheck implements GatewayFilter {

    private final Routes routes;

    ExcludedServiceCheck(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void take(GatewayExchange exchange) {
        routes.require(exchange.route().service());
        exchange.next();
    }
}
