package tarn.gateway;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.security.Represented;
import tarn.platform.service.Routes;

/// Keeps `/internal` for services. Where they share this process they also share its port, and show
/// a service's access token, or this process's own key to get one; anybody else finds nothing there, and
/// says nothing of what only services say.
@Singleton
final class InternalDoor implements Step {

    /// What services tell each other, and nobody else tells them.
    private static final List<String> BETWEEN_SERVICES = List.of("Tarn-Timeout", Represented.HEADER);

    private final boolean shared;
    private final byte[] key;

    InternalDoor(
            Routes routes,
            @ConfigProperty(name = "tarn.service", defaultValue = "gateway") String name,
            @ConfigProperty(name = "tarn.service.key") Optional<String> key) {
        this.shared = routes.elsewhere("identity").isEmpty() && key.isPresent();
        this.key = Base64.getEncoder().encode((name + ':' + key.orElse("")).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void take(Exchange exchange) {
        if (exchange.route().target() == Route.Target.INTERNAL && !(shared && admits(exchange))) {
            throw new Refusal.NotFound("resource");
        }
        if (exchange.caller() == null || exchange.caller().kind() != Caller.Kind.SERVICE) {
            BETWEEN_SERVICES.forEach(exchange.request().headers()::remove);
        }
        exchange.next();
    }

    private boolean admits(Exchange exchange) {
        return switch (exchange.credential()) {
            case Credential.Basic basic ->
                MessageDigest.isEqual(key, basic.value().getBytes(StandardCharsets.UTF_8));
            default -> exchange.caller() != null && exchange.caller().kind() == Caller.Kind.SERVICE;
        };
    }
}
