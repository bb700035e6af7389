package tarn.gateway;

/// One filter of the chain that every request passes through.
@FunctionalInterface
interface GatewayFilter {

    /// Continues with [GatewayExchange#next], now or later on the request's event loop, or responds.
    void take(GatewayExchange exchange);
}
