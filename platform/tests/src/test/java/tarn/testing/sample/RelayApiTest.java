package tarn.testing.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;

/// What a request passes on to those it causes.
@QuarkusTest
@WithTestResource(value = DatabaseResource.class, initArgs = @ResourceArg(name = "services", value = "sample"))
final class RelayApiTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void passesOnItsNameAndItsTrace() {
        Api.Answer answer =
                relayed(Api.here().header("X-Request-Id", "a-request-of-mine").header("traceparent", TRACE));

        assertThat(answer.at("/request")).isEqualTo("a-request-of-mine");
        assertThat(answer.at("/trace")).isEqualTo(TRACE);
    }

    @Test
    void waitsNoLongerThanItsOwnCaller() {
        Api.Answer patient = relayed(Api.here().header("Tarn-Timeout", "100000"));
        Api.Answer hurried = relayed(Api.here().header("Tarn-Timeout", "120"));
        Api.Answer late = Api.here().header("Tarn-Timeout", "0").get("/api/relays");
        Api.Answer odd = relayed(Api.here().header("Tarn-Timeout", "soon"));

        assertThat(Integer.parseInt(patient.at("/timeout"))).isBetween(1, 150);
        assertThat(Integer.parseInt(hurried.at("/timeout"))).isBetween(1, 120);
        assertThat(late.status()).isEqualTo(503);
        assertThat(odd.status()).isEqualTo(200);
    }

    /// The first answer in time: the call between the services has 150 ms, which a busy machine may exceed.
    private static Api.Answer relayed(Api api) {
        return Stream.generate(() -> api.get("/api/relays"))
                .limit(100)
                .filter(answer -> answer.status() == 200)
                .findFirst()
                .orElseThrow();
    }
}
