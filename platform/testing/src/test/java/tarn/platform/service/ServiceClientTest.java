package tarn.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.platform.problem.Refusal;
import tarn.testing.SettableClock;

final class ServiceClientTest {

    private record Thing(String name) {}

    private final SettableClock clock = SettableClock.at("2026-01-31T12:00:00Z");
    private final ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());

    /// What was asked: method, path, kind of credential.
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private HttpServer server;
    private ServiceClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = client(server.getAddress().getPort(), Optional.of("k:ey"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void signsInOnceWithItsOwnKey() {
        assertThat(client.to("tasks").get("/things/tea", Thing.class)).isEqualTo(new Thing("tea"));
        assertThat(client.to("tasks").post("/things/echo", new Thing("cup"), Thing.class))
                .isEqualTo(new Thing("cup"));

        String credential = Base64.getEncoder().encodeToString("worker:k:ey".getBytes(StandardCharsets.UTF_8));
        assertThat(asked)
                .containsExactly(
                        "POST /internal/service-tokens Basic " + credential,
                        "GET /things/tea Bearer token-1",
                        "POST /things/echo Bearer token-1");
    }

    @Test
    void renewsItsTokenAMinuteBeforeItEnds() {
        client.to("tasks").get("/things/tea", Thing.class);
        clock.advance(Duration.ofMinutes(4));
        client.to("tasks").get("/things/tea", Thing.class);
        clock.advance(Duration.ofSeconds(1));
        client.to("tasks").get("/things/tea", Thing.class);

        assertThat(asked)
                .filteredOn(line -> line.startsWith("GET"))
                .containsExactly(
                        "GET /things/tea Bearer token-1",
                        "GET /things/tea Bearer token-1",
                        "GET /things/tea Bearer token-2");
    }

    @Test
    void readsPublicDocumentsAsNobody() {
        assertThat(client.to("tasks").anonymously().get("/things/tea", Thing.class))
                .isEqualTo(new Thing("tea"));
        assertThat(asked).containsExactly("GET /things/tea -");
    }

    @Test
    void tellsNotThereFromNotWell() {
        assertThatThrownBy(() -> client.to("tasks").get("/things/none", Thing.class))
                .isInstanceOf(Refusal.NotFound.class);
        for (String path : List.of("/things/broken", "/things/foreign")) {
            assertThatThrownBy(() -> client.to("tasks").get(path, Thing.class))
                    .isInstanceOf(Refusal.Unavailable.class)
                    .hasMessage("The tasks service does not answer.");
        }
        assertThatThrownBy(() -> client.to("tasks").anonymously().get("/things/broken", Thing.class))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void passesOnWhyAThingStays() {
        client.to("tasks").delete("/things/gone");

        assertThatThrownBy(() -> client.to("tasks").delete("/things/kept"))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessage("It is in use.")
                .extracting("code")
                .isEqualTo("in-use");
        for (String path : List.of("/things/broken", "/things/none")) {
            assertThatThrownBy(() -> client.to("tasks").delete(path)).isInstanceOf(Refusal.Unavailable.class);
        }
        assertThat(asked).contains("DELETE /things/gone Bearer token-1");
    }

    @Test
    void isUnavailableWhenNobodyListens() {
        server.stop(0);

        assertThatThrownBy(() -> client.to("tasks").anonymously().get("/things/tea", Thing.class))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void saysWhatIsMissingWhenItHasNoKey() {
        ServiceClient keyless = client(server.getAddress().getPort(), Optional.empty());

        assertThatThrownBy(() -> keyless.to("tasks").get("/things/tea", Thing.class))
                .isInstanceOf(Refusal.Unavailable.class)
                .hasMessageContaining("TARN_SERVICE_KEY");
    }

    @Test
    void staysInThisProcessWithoutARoute() {
        Routes here = new Routes(config(Map.of("quarkus.http.port", "8123")));
        Routes tested = new Routes(config(Map.of("quarkus.profile", "test", "quarkus.http.test-port", "8124")));

        assertThat(here.elsewhere("tasks")).isEmpty();
        assertThat(here.to("tasks")).isEqualTo(URI.create("http://127.0.0.1:8123"));
        assertThat(tested.to("tasks")).isEqualTo(URI.create("http://127.0.0.1:8124"));
    }

    private ServiceClient client(int port, Optional<String> key) {
        String address = "http://127.0.0.1:" + port;
        Routes routes = new Routes(config(Map.of("tarn.route.identity", address, "tarn.route.tasks", address)));
        return new ServiceClient(routes, new Inbound(), mapper, clock, "worker", key);
    }

    private static Config config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String credential = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(exchange.getRequestMethod() + ' ' + path + ' ' + (credential == null ? "-" : credential));
        String body = switch (path) {
            case "/internal/service-tokens" -> token();
            case "/things/echo" -> new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            case "/things/foreign" -> "<html>";
            case "/things/kept" -> "{\"code\":\"in-use\",\"detail\":\"It is in use.\"}";
            default -> "{\"name\":\"tea\"}";
        };
        int status = switch (path) {
            case "/things/none" -> 404;
            case "/things/gone" -> 204;
            case "/things/kept" -> 409;
            case "/things/broken" -> 500;
            default -> 200;
        };
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
            if (status != 204) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private String token() {
        long number =
                asked.stream().filter(line -> line.contains("service-tokens")).count();
        return "{\"value\":\"token-%d\",\"expiresAt\":\"%s\"}"
                .formatted(number, clock.instant().plus(Duration.ofMinutes(5)));
    }
}
