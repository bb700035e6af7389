package tarn.platform.service;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;
import tarn.platform.problem.Refusal;

/// Resolves a service's addresses: those of `TARN_ROUTE_<SERVICE>`, separated by commas, if set,
/// else this process; none for services excluded by `TARN_WITHOUT`.
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

    /// The services of this installation.
    public Catalogue services() {
        return services;
    }

    /// Names of the services excluded.
    public List<String> leftOut() {
        return leftOut;
    }

    /// @throws Refusal.ServiceExcluded when the service is excluded
    public void require(String service) {
        if (leftOut.contains(service)) {
            throw new Refusal.ServiceExcluded(service);
        }
    }

    /// The addresses of a service in other processes; empty when it runs in this one.
    public List<URI> elsewhere(String service) {
        return config.getOptionalValue("tarn.route." + service, String.class)
                .map(text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(address -> !address.isEmpty())
                        .map(URI::create)
                        .toList())
                .orElse(List.of());
    }

    /// The address of this process.
    public URI here() {
        return URI.create("http://127.0.0.1:" + ownPort());
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
