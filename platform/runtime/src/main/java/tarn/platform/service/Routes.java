package tarn.platform.service;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Refusal;

/// Where each service is: at `TARN_ROUTE_<SERVICE>`, or in this process when that is not set, or nowhere when
/// `TARN_WITHOUT` leaves it out.
@Singleton
public final class Routes {

    private final Config config;
    private final Catalogue services;

    Routes(Config config) {
        this.config = config;
        this.services = Catalogue.ALL.without(
                config.getOptionalValue("tarn.without", String.class).orElse(""));
    }

    /// The services of this Tarn.
    public Catalogue services() {
        return services;
    }

    /// @throws Refusal.NotAvailable when this Tarn runs without that service
    public void require(String service) {
        if (Catalogue.ALL.has(service) && !services.has(service)) {
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
