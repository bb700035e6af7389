package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.gateway.Split.GATEWAY;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
@WithTestResource(BrokenServices.class)
final class BrokenServicesApiTest {

    @Test
    void aServiceThatIsNotThereIsUnavailable() {
        Api.Answer answer = GATEWAY.post("/api/users", Map.of("name", "Ada"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("unavailable");
        assertThat(answer.at("/traceId")).isEqualTo(answer.header("X-Request-Id"));
    }

    @Test
    void aServiceThatTalksNonsenseIsABadGateway() {
        Api.Answer answer = GATEWAY.get("/api/tasks");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo("unavailable");
    }

    @Test
    void aServiceThatHangsUpIsUnavailable() {
        assertThat(GATEWAY.get("/api/tasks?silent").status()).isEqualTo(503);
    }

    @Test
    void aServiceThatNeverAnswersIsNotWaitedFor() {
        Api.Answer answer = GATEWAY.get("/api/tasks?hung");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("took-too-long");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void whoCanNotBeCheckedIsNeitherLetInNorThrownOut() {
        Api.Answer answer = GATEWAY.cookie("tarn_session", "good").get("/api/tasks");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("unavailable");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void theGatewayIsAliveAndNotReady() {
        assertThat(GATEWAY.get("/health/live").status()).isEqualTo(200);
        assertThat(GATEWAY.get("/health/ready").status()).isEqualTo(503);
    }

    @Test
    void aMissingWebAppIsSaidInWords() {
        Api.Answer answer = GATEWAY.get("/");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.body()).contains("not part of this build", "TARN_WEB_DIR");
    }

    @Test
    void withoutHttpsNothingIsSaidAboutHttps() {
        assertThat(GATEWAY.get("/").header("Strict-Transport-Security")).isEmpty();
    }
}
