package tarn.gateway;

import jakarta.inject.Singleton;
import tarn.platform.service.Routes;

/// Refuses paths of services that this Tarn runs without: 404 with the code `not-available`.
@Singleton
final class ServiceCheck implements Step {

    private final Routes routes;

    ServiceCheck(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void take(Exchange exchange) {
        routes.require(exchange.route().service());
        exchange.next();
    }
}
