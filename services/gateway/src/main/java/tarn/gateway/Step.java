package tarn.gateway;

/// A step that every request passes through.
@FunctionalInterface
interface Step {

    /// Continues with [GatewayExchange#next], now or later on the request's event loop, or responds.
    void take(GatewayExchange exchange);
}
