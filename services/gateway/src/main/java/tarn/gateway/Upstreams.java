package tarn.gateway;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tarn.catalogue.Service;
import tarn.platform.service.Routes;

/// The reverse proxies to services in other processes; a service of this process has none.
@Singleton
final class Upstreams {

    private final Map<String, Upstream> upstreams = new TreeMap<>();

    Upstreams(Routes routes, Vertx vertx, RequestTimeout timeout) {
        for (Service service : routes.services().withPaths()) {
            List<URI> at = routes.elsewhere(service.name());
            if (!at.isEmpty()) {
                upstreams.put(service.name(), new Upstream(vertx, at, timeout.duration()));
            }
        }
    }

    /// The upstream of a service; null when it is in this process.
    @Nullable
    Upstream of(String service) {
        return upstreams.get(service);
    }

    Map<String, Upstream> byName() {
        return upstreams;
    }
}
