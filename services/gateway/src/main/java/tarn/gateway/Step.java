package tarn.gateway;

/// Something the gateway does with every request.
@FunctionalInterface
interface Step {

    /// Goes on with [Exchange#next], at once or later on the request's event loop, or answers.
    void take(Exchange exchange);
}
