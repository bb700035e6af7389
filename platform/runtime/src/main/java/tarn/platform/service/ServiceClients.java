package tarn.platform.service;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.Config;

/// Produces the [ServiceClient] for an injecting class from its package `tarn.<service>`, so that
/// each service uses its own key even in a shared process.
///
/// Clients share threads and connections, but not channels.
@Singleton
final class ServiceClients {

    private static final int SERVICE = 1;

    private final Routes routes;
    private final ContextPropagation context;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final Config config;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CallTimeout.NEEDED.duration())
            .executor(threads)
            .build();
    private final Map<String, ServiceClient> clients = new ConcurrentHashMap<>();

    ServiceClients(Routes routes, ContextPropagation context, ObjectMapper mapper, Clock clock, Config config) {
        this.routes = routes;
        this.context = context;
        // A service may tell more than its caller knows of: it may be the newer one.
        this.mapper = mapper.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        this.clock = clock;
        this.config = config;
    }

    /// The client of the service that the injecting class belongs to.
    @Produces
    @Dependent
    ServiceClient client(InjectionPoint point) {
        return of(point.getMember().getDeclaringClass().getPackageName().split("\\.", -1)[SERVICE]);
    }

    /// The client of a service; without `TARN_<SERVICE>_KEY` it can only call anonymously.
    ServiceClient of(String service) {
        return clients.computeIfAbsent(service, this::make);
    }

    private ServiceClient make(String service) {
        ServiceCredential credential = ServiceCredential.of(service, config).orElse(null);
        return new ServiceClient(service, credential, routes, context, mapper, clock, http, threads);
    }

    /// Closes all connections.
    @PreDestroy
    void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
