package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tarn.testing.FakeService.CannedAnswer;

@Timeout(20)
final class FakeServiceTest {

    private final FakeService service = new FakeService()
            .on("GET", "/things/", asked -> CannedAnswer.ok("{\"name\":\"" + asked.last() + "\"}"))
            .on("DELETE", "/things/tea", asked -> CannedAnswer.of(204))
            .on("POST", "/echo", asked -> new CannedAnswer(201, asked.body()));

    private final Api api = Api.at(service.url());

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void answersAsItWasTold() {
        assertThat(api.get("/things/tea").at("/name")).isEqualTo("tea");
        assertThat(api.get("/things/kitchen/cup").at("/name")).isEqualTo("cup");
        assertThat(api.delete("/things/tea").status()).isEqualTo(204);
        assertThat(api.post("/echo", Map.of("one", 1)).toString()).isEqualTo("201 {\"one\":1}");
    }

    @Test
    void knowsNothingElse() {
        assertThat(api.get("/echo").status()).isEqualTo(404);
        assertThat(api.post("/echo/more").status()).isEqualTo(404);
        assertThat(api.get("/").status()).isEqualTo(404);
    }

    @Test
    void whatWasSaidLastHolds() {
        service.on("GET", "/things/tea", asked -> CannedAnswer.of(503));

        assertThat(api.get("/things/tea").status()).isEqualTo(503);
        assertThat(api.get("/things/cup").status()).isEqualTo(200);
    }

    @Test
    void remembersWhatItWasAsked() {
        api.bearer("me").get("/things/tea?fresh=true");
        api.post("/nowhere", Map.of("one", 1));

        assertThat(service.asked()).hasSize(2);
        FakeService.ReceivedRequest first = service.asked().getFirst();
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.path()).isEqualTo("/things/tea");
        assertThat(first.query()).isEqualTo("fresh=true");
        assertThat(first.header("authorization")).isEqualTo("Bearer me");
        assertThat(first.header("If-Match")).isEmpty();
        assertThat(first.body()).isEmpty();
        assertThat(service.asked().getLast().body()).isEqualTo("{\"one\":1}");
    }
}
