package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;

class SeenFromOutsideTest {

    @Test
    void tellsThatItIsHealthy() {
        for (String path : new String[] {"/health", "/health/live", "/health/ready"}) {
            Api.Answer answer = Tarn.anonymous().retryingUnavailable().get(path);
            assertThat(answer.status()).as(path + answer).isEqualTo(200);
            assertThat(answer.at("/status")).isEqualTo("UP");
        }
    }

    @Test
    void servesItsContract() {
        Api.Answer contract = Tarn.anonymous().get("/openapi.yaml");

        assertThat(contract.status()).isEqualTo(200);
        assertThat(contract.body()).contains("openapi: 3.1").contains("/api/tasks/{id}/completion");
    }

    @Test
    void everyAnswerCarriesItsRequestIdAndNothingIsCached() {
        Api.Answer answer =
                Tarn.anonymous().header("X-Request-Id", "made-by-the-client-1").get("/api/users/me");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.at("/traceId")).isEqualTo("made-by-the-client-1");
        assertThat(answer.header("X-Request-Id")).isEqualTo("made-by-the-client-1");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void whatIsNotThereIsAProblemToo() {
        Api ada = Tarn.someone("Ada").api();

        assertThat(ada.get("/api/nonsense").code()).isEqualTo("not-found");
        assertThat(ada.delete("/api/projects").code()).isEqualTo("method-not-allowed");
        assertThat(ada.get("/api/tasks/not-an-id").code()).isEqualTo("not-found");
    }

    @Test
    void theAccessLogNamesRequestsButNoSecrets() {
        String email = "log-" + System.nanoTime() + "@example.test";
        Tarn.anonymous().post("/api/users", Map.of("name", "Log", "email", email, "password", Tarn.PASSWORD));
        Api.Answer signedIn = Tarn.anonymous()
                .header("X-Request-Id", "look-for-this-line-1")
                .post("/api/sessions", Map.of("email", email, "password", Tarn.PASSWORD, "grant", "token"));
        Tarn.anonymous()
                .bearer(signedIn.at("/accessToken"))
                .header("X-Request-Id", "look-for-this-line-2")
                .get("/api/users?text=" + email);

        // The log is written by a thread of its own.
        Eventually.within(Duration.ofSeconds(10), () -> Tarn.program().output().contains("look-for-this-line-2"));
        String output = Tarn.program().output();

        assertThat(output.lines().filter(line -> line.contains("look-for-this-line-1")))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("{\"timestamp\":\"")
                .contains("\"mdc\":{\"method\":\"POST\",\"route\":\"/api/sessions\",\"status\":\"201\",");
        assertThat(output)
                .doesNotContain(email)
                .doesNotContain(Tarn.PASSWORD)
                .doesNotContain(signedIn.at("/accessToken"))
                .doesNotContain(signedIn.at("/refreshToken"));
    }
}
