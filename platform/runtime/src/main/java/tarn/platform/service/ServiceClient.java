package tarn.platform.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import tarn.platform.Secret;
import tarn.platform.problem.Refusal;

/// Calls another service over HTTP as this service, with a token that identity gives for this
/// service's own key.
@Singleton
public final class ServiceClient {

    /// How long a call may take in all.
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    /// How long a call may take that removes much: as long as a statement may.
    static final Duration LONG_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration EARLY = Duration.ofSeconds(60);

    private record ServiceToken(String value, Instant expiresAt) {}

    private final Routes routes;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final String name;
    private final @Nullable Secret key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private volatile @Nullable ServiceToken token;

    ServiceClient(
            Routes routes,
            ObjectMapper mapper,
            Clock clock,
            @ConfigProperty(name = "tarn.service", defaultValue = "gateway") String name,
            @ConfigProperty(name = "tarn.service.key") Optional<String> key) {
        this.routes = routes;
        // A service may tell more than its caller knows of: it may be the newer one.
        this.mapper = mapper.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        this.clock = clock;
        this.name = name;
        this.key = key.map(Secret::new).orElse(null);
    }

    /// Reads a public document.
    ///
    /// @throws Refusal.Unavailable when the service does not answer, or not well
    public String getAnonymously(String service, String path) {
        HttpResponse<String> answer = send(service, request(service, path).GET().build());
        if (answer.statusCode() != 200) {
            throw unavailable(service);
        }
        return answer.body();
    }

    /// Reads something that only services may see.
    ///
    /// @throws Refusal.NotFound when it is not there
    /// @throws Refusal.Unavailable when the service does not answer, or not well
    public <T> T get(String service, String path, Class<T> type) {
        return read(service, send(service, authorised(service, path).GET().build()), type);
    }

    /// Asks for something that only services may ask for.
    ///
    /// @throws Refusal.NotFound when the service knows nothing of it
    /// @throws Refusal.Unavailable when the service does not answer, or not well
    public <T> T post(String service, String path, Object body, Class<T> type) {
        return read(
                service,
                send(service, authorised(service, path).POST(json(body)).build()),
                type);
    }

    /// Removes something that only services may remove, and everything that hangs on it: that may take
    /// longer than other calls.
    ///
    /// @throws Refusal.Conflict when it can not be removed as things are, as the service puts it
    /// @throws Refusal.Unavailable when the service does not answer, or not well
    public void delete(String service, String path) {
        HttpResponse<String> answer = send(
                service,
                authorised(service, path).timeout(LONG_TIMEOUT).DELETE().build());
        switch (answer.statusCode()) {
            case 204 -> {}
            case 409 -> throw conflict(service, answer);
            default -> throw unavailable(service);
        }
    }

    private Refusal conflict(String service, HttpResponse<String> answer) {
        try {
            JsonNode problem = mapper.readTree(answer.body());
            return new Refusal.Conflict(
                    problem.path("code").asText(), problem.path("detail").asText());
        } catch (JsonProcessingException foreign) {
            return unavailable(service);
        }
    }

    private HttpRequest.Builder authorised(String service, String path) {
        ServiceToken present = token;
        if (present == null || present.expiresAt().minus(EARLY).isBefore(clock.instant())) {
            present = signIn();
            token = present;
        }
        return request(service, path).header("Authorization", "Bearer " + present.value());
    }

    private ServiceToken signIn() {
        if (key == null) {
            throw new Refusal.Unavailable("This service has no key: TARN_SERVICE_KEY is not set.");
        }
        String credential =
                Base64.getEncoder().encodeToString((name + ':' + key.value()).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = request("identity", "/internal/service-tokens")
                .header("Authorization", "Basic " + credential)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return read("identity", send("identity", request), ServiceToken.class);
    }

    private HttpRequest.Builder request(String service, String path) {
        return HttpRequest.newBuilder(routes.to(service).resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json");
    }

    private HttpRequest.BodyPublisher json(Object body) {
        try {
            return HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Not JSON: " + body.getClass(), impossible);
        }
    }

    private <T> T read(String service, HttpResponse<String> answer, Class<T> type) {
        if (answer.statusCode() == 404) {
            throw new Refusal.NotFound("resource");
        }
        if (answer.statusCode() / 100 != 2) {
            throw unavailable(service);
        }
        try {
            return mapper.readValue(answer.body(), type);
        } catch (JsonProcessingException foreign) {
            throw unavailable(service);
        }
    }

    private HttpResponse<String> send(String service, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw unavailable(service);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unavailable(service);
        }
    }

    private static Refusal.Unavailable unavailable(String service) {
        return new Refusal.Unavailable("The " + service + " service does not answer.");
    }
}
