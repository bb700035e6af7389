package tarn.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tarn.platform.problem.Refusal;
import tarn.testing.Eventually;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.SettableClock;

final class ServiceClientTest {

    private record Thing(String name) {}

    private final SettableClock clock = SettableClock.at("2026-01-31T12:00:00Z");
    private final ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());

    private final FakeService both = new FakeService()
            .on("POST", "/internal/identity/service-tokens", _ -> CannedAnswer.ok(token()))
            .on("GET", "/things/tea", _ -> CannedAnswer.ok("{\"name\":\"tea\"}"))
            .on("POST", "/things/echo", asked -> CannedAnswer.ok(asked.body()))
            .on("GET", "/things/foreign", _ -> CannedAnswer.ok("<html>"))
            .on("GET", "/things/broken", _ -> CannedAnswer.of(500))
            .on("DELETE", "/things/broken", _ -> CannedAnswer.of(500))
            .on("DELETE", "/things/gone", _ -> CannedAnswer.of(204))
            .on(
                    "DELETE",
                    "/things/kept",
                    _ -> new CannedAnswer(409, "{\"code\":\"in-use\",\"detail\":\"It is in use.\"}"));
    private final ServiceClients clients = clients();
    private final ServiceClient client = clients.of("worker");

    @AfterEach
    void stop() {
        clients.close();
        both.close();
    }

    @Test
    void signsInOnceWithItsOwnKey() {
        assertThat(tasks().get("/things/tea", Thing.class)).isEqualTo(new Thing("tea"));
        assertThat(tasks().post("/things/echo", new Thing("cup"), Thing.class)).isEqualTo(new Thing("cup"));

        assertThat(asked())
                .containsExactly(
                        "POST /internal/identity/service-tokens Basic " + basic("worker:k:ey"),
                        "GET /things/tea Bearer token-1",
                        "POST /things/echo Bearer token-1");
    }

    @Test
    void eachServiceOfAProcessCallsAsItself() {
        tasks().get("/things/tea", Thing.class);
        clients.of("posts").to("tasks").within(CallTimeout.NEEDED).get("/things/tea", Thing.class);

        assertThat(asked())
                .containsExactly(
                        "POST /internal/identity/service-tokens Basic " + basic("worker:k:ey"),
                        "GET /things/tea Bearer token-1",
                        "POST /internal/identity/service-tokens Basic " + basic("posts:another"),
                        "GET /things/tea Bearer token-2");
        assertThat(clients.of("worker")).isSameAs(client);
    }

    private static String basic(String credential) {
        return Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void renewsItsTokenInItsLastMinuteAndNobodyWaits() {
        tasks().get("/things/tea", Thing.class);
        clock.advance(Duration.ofMinutes(4).minusSeconds(1));
        tasks().get("/things/tea", Thing.class);
        assertThat(exchanges()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(2));
        CountDownLatch answered = new CountDownLatch(1);
        both.on("POST", "/internal/identity/service-tokens", _ -> {
            await(answered);
            return CannedAnswer.ok(token());
        });
        tasks().get("/things/tea", Thing.class);
        answered.countDown();
        Eventually.within(Duration.ofSeconds(5), () -> {
            tasks().get("/things/tea", Thing.class);
            return asked().getLast().endsWith("Bearer token-2");
        });

        assertThat(asked())
                .filteredOn(line -> line.startsWith("GET"))
                .startsWith(
                        "GET /things/tea Bearer token-1",
                        "GET /things/tea Bearer token-1",
                        "GET /things/tea Bearer token-1");
    }

    @Test
    void signsInWithinTheTimeoutOfTheCallAndGoesOnWithIt() {
        CountDownLatch answered = new CountDownLatch(1);
        both.on("POST", "/internal/identity/service-tokens", _ -> {
            await(answered);
            return CannedAnswer.ok(token());
        });

        long start = System.nanoTime();
        assertThatThrownBy(() -> client.to("tasks").get("/things/tea", Thing.class))
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CallTimeout.NEEDED.duration());
        answered.countDown();

        assertThat(tasks().get("/things/tea", Thing.class)).isEqualTo(new Thing("tea"));
        assertThat(exchanges()).isEqualTo(1);
    }

    @Test
    void keepsATokenThatLastsWhileIdentityIsAway() {
        tasks().get("/things/tea", Thing.class);
        both.on("POST", "/internal/identity/service-tokens", _ -> CannedAnswer.of(500));
        clock.advance(Duration.ofSeconds(299));
        tasks().get("/things/tea", Thing.class);

        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> tasks().get("/things/tea", Thing.class)).isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void readsPublicDocumentsAsNobody() {
        assertThat(tasks().anonymously().get("/things/tea", Thing.class)).isEqualTo(new Thing("tea"));
        assertThat(asked()).containsExactly("GET /things/tea -");
    }

    @Test
    void tellsNotThereFromNotWell() {
        assertThatThrownBy(() -> tasks().get("/things/none", Thing.class)).isInstanceOf(Refusal.NotFound.class);
        for (String path : List.of("/things/broken", "/things/foreign")) {
            assertThatThrownBy(() -> tasks().get(path, Thing.class))
                    .isInstanceOf(Refusal.Unavailable.class)
                    .hasMessage("The tasks service does not answer.");
        }
        assertThatThrownBy(() -> client.to("tasks").anonymously().get("/things/broken", Thing.class))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void passesOnWhyAThingStays() {
        tasks().delete("/things/gone");

        assertThatThrownBy(() -> tasks().delete("/things/kept"))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessage("It is in use.")
                .extracting("code")
                .isEqualTo("in-use");
        for (String path : List.of("/things/broken", "/things/none")) {
            assertThatThrownBy(() -> tasks().delete(path)).isInstanceOf(Refusal.Unavailable.class);
        }
        assertThat(asked()).contains("DELETE /things/gone Bearer token-1");
    }

    @Test
    void isUnavailableWhenNobodyListens() {
        both.close();

        assertThatThrownBy(() -> client.to("tasks").anonymously().get("/things/tea", Thing.class))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void saysWhatIsMissingWhenItHasNoKey() {
        assertThatThrownBy(() -> clients.of("lake").to("tasks").get("/things/tea", Thing.class))
                .isInstanceOf(Refusal.Unavailable.class)
                .hasMessageContaining("TARN_LAKE_KEY");
    }

    @Test
    void staysInThisProcessWithoutARoute() {
        Routes here = new Routes(config(Map.of("quarkus.http.port", "8123")));
        Routes tested = new Routes(config(Map.of("quarkus.profile", "test", "quarkus.http.test-port", "8124")));

        assertThat(here.elsewhere("tasks")).isEmpty();
        assertThat(here.here()).isEqualTo(URI.create("http://127.0.0.1:8123"));
        assertThat(tested.here()).isEqualTo(URI.create("http://127.0.0.1:8124"));
    }

    @Test
    void aRouteMayHaveSeveralAddresses() {
        Routes routes = new Routes(config(Map.of("tarn.route.tasks", "http://one:81, https://two")));

        assertThat(routes.elsewhere("tasks")).containsExactly(URI.create("http://one:81"), URI.create("https://two"));
    }

    private ServiceClients clients() {
        String address = both.url().toString();
        Config config = config(Map.of(
                "tarn.route.identity",
                address,
                "tarn.route.tasks",
                address,
                "tarn.worker.key",
                "k:ey",
                "tarn.posts.key",
                "another"));
        return new ServiceClients(new Routes(config), new ContextPropagation(), mapper, clock, config);
    }

    private static Config config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }

    private Call tasks() {
        return client.to("tasks").within(CallTimeout.NEEDED);
    }

    /// What was asked: method, path, kind of credential.
    private List<String> asked() {
        return both.asked().stream()
                .map(asked -> asked.method()
                        + ' '
                        + asked.path()
                        + ' '
                        + (asked.header("Authorization").isEmpty() ? "-" : asked.header("Authorization")))
                .toList();
    }

    private long exchanges() {
        return asked().stream().filter(line -> line.contains("service-tokens")).count();
    }

    private String token() {
        return "{\"value\":\"token-%d\",\"expiresAt\":\"%s\"}"
                .formatted(exchanges(), clock.instant().plus(Duration.ofMinutes(5)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
