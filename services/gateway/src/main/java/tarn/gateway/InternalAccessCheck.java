package tarn.gateway;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.OnBehalfOf;
import tarn.platform.service.Routes;
import tarn.platform.service.ServiceCredential;

/// Restricts `/internal`, in a process that also runs identity, to services with an access token or
/// with a service key to get one; to others, and in any other process, it does not exist.
///
/// Headers meant for calls between services are removed from all other requests.
@Singleton
final class InternalAccessCheck implements GatewayFilter {

    /// Headers trusted only from services.
    private static final List<String> BETWEEN_SERVICES = List.of("Tarn-Timeout", OnBehalfOf.HEADER);

    private final boolean shared;
    private final List<byte[]> credentials;

    InternalAccessCheck(Routes routes, Config config) {
        this.shared = routes.elsewhere("identity").isEmpty();
        this.credentials = Catalogue.ALL.callers().stream()
                .flatMap(service -> ServiceCredential.of(service, config).stream())
                .map(credential -> bytes(credential.basic()))
                .toList();
    }

    @Override
    public void take(GatewayExchange exchange) {
        if (exchange.route().target() == Route.Target.INTERNAL && !(shared && admits(exchange))) {
            throw new Refusal.NotFound("resource");
        }
        if (exchange.caller() == null || exchange.caller().kind() != Caller.Kind.SERVICE) {
            BETWEEN_SERVICES.forEach(exchange.request().headers()::remove);
        }
        exchange.next();
    }

    private boolean admits(GatewayExchange exchange) {
        return switch (exchange.credential()) {
            case Credential.Basic basic ->
                credentials.stream().anyMatch(one -> MessageDigest.isEqual(one, bytes(basic.value())));
            default -> exchange.caller() != null && exchange.caller().kind() == Caller.Kind.SERVICE;
        };
    }

    private static byte[] bytes(String basic) {
        return basic.getBytes(StandardCharsets.UTF_8);
    }
}
