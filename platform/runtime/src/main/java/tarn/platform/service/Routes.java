package tarn.platform.service;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;
import tarn.platform.problem.Refusal;

/// Where each service is: at `TARN_ROUTE_<SERVICE>`, or in this process when that is not set, or nowhere when
/// `TARN_WITHOUT` leaves it out.
@Singleton
public final class Routes {

    private final Config config;
    private final Catalogue services;
    private final List<String> leftOut;

    Routes(Config config) {
        this.config = config;
        this.services = Catalogue.ALL.without(
                config.getOptionalValue("tarn.without", String.class).orElse(""));
        this.leftOut = Catalogue.ALL.services().stream()
                .map(Service::name)
                .filter(name -> !services.has(name))
                .toList();
    }

    /// The services of this Tarn.
    public Catalogue services() {
        return services;
    }

    /// The names of the services that this Tarn runs without.
    public List<String> leftOut() {
        return leftOut;
    }

    /// @throws Refusal.NotAvailable when this Tarn runs without that service
    public void require(String service) {
        if (leftOut.contains(service)) {
            throw new Refusal.NotAvailable(service);
        }
    }

    /// The address of a service that runs elsewhere; empty when it is in this process.
    public Optional<URI> elsewhere(String service) {
        return config.getOptionalValue("tarn.route." + service, URI.class);
    }

    /// The address of a service, wherever it is.
    ///
    /// @throws Refusal.NotAvailable when this Tarn runs without that service
    public URI to(String service) {
        require(service);
        return elsewhere(service).orElseGet(() -> URI.create("http://127.0.0.1:" + ownPort()));
    }

    private int ownPort() {
        String key = config.getOptionalValue("quarkus.profile", String.class)
                        .orElse("prod")
                        .equals("test")
                ? "quarkus.http.test-port"
                : "quarkus.http.port";
        return config.getOptionalValue(key, Integer.class).orElse(8080);
    }
}
