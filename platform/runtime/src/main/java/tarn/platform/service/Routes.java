package tarn.platform.service;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/// Where each service is: at `TARN_ROUTE_<SERVICE>`, or in this process when that is not set.
@Singleton
public final class Routes {

    private final Config config;

    Routes(Config config) {
        this.config = config;
    }

    /// The address of a service that runs elsewhere; empty when it is in this process.
    public Optional<URI> elsewhere(String service) {
        return config.getOptionalValue("tarn.route." + service, URI.class);
    }

    /// The address of a service, wherever it is.
    public URI to(String service) {
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
