package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.gateway.Split.GATEWAY;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
@WithTestResource(EchoingServices.class)
final class LimitsAndLabelsApiTest {

    @Test
    void anAddressMayAskOnlySoOften() {
        Api flood = GATEWAY.header("X-Forwarded-For", "203.0.113.66");

        Api.Answer refused = Split.atOnce(16, 600, _ -> flood.get("/api/nothing")).stream()
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();

        assertThat(refused.code()).isEqualTo("too-many-requests");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"address\";q=200;w=4");
        assertThat(refused.header("RateLimit")).matches("\"address\";r=0;t=[1-4]");
        assertThat(flood.get("/").status()).isEqualTo(200);
        assertThat(flood.get("/health/live").status()).isEqualTo(200);
        assertThat(GATEWAY.header("X-Forwarded-For", "203.0.113.67")
                        .get("/api/tasks")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aCallerHasABucketOfItsOwn() {
        Api ada = Split.withCookie("good ada").header("X-Forwarded-For", "203.0.113.68");
        assertThat(ada.get("/api/tasks").header("RateLimit-Policy")).isEqualTo("\"address\";q=200;w=4");

        Api.Answer known = ada.get("/api/tasks");

        assertThat(known.header("RateLimit-Policy")).isEqualTo("\"caller\";q=1000;w=4");
        assertThat(known.header("RateLimit")).matches("\"caller\";r=999;t=1");
    }

    @Test
    void theTokensOfAUserShareABucket() {
        List<Api> tokens = IntStream.range(0, 10)
                .mapToObj(i -> GATEWAY.bearer("tarn_pat_good_grace" + i).header("X-Forwarded-For", "203.0.113.69"))
                .toList();
        tokens.forEach(token -> assertThat(token.get("/api/tasks").status()).isEqualTo(200));

        int least = Split.atOnce(16, 400, i -> remaining(tokens.get(i % 10).get("/api/tasks"))).stream()
                .min(Comparator.naturalOrder())
                .orElseThrow();

        // Of a bucket of its own each token would have taken 40 of 1,000.
        assertThat(least).isLessThan(960);
    }

    private static int remaining(Api.Answer answer) {
        assertThat(answer.header("RateLimit")).startsWith("\"caller\"");
        return Integer.parseInt(answer.header("RateLimit").replaceFirst(".*;r=(\\d+);.*", "$1"));
    }

    @Test
    void anIpv6AddressIsLimitedByItsNetwork() {
        assertThat(RateLimit.network("2001:db8:1:2:3:4:5:6")).isEqualTo(RateLimit.network("2001:db8:1:2::9"));
        assertThat(RateLimit.network("2001:db8::1")).isNotEqualTo(RateLimit.network("2001:db8:0:1::1"));
        assertThat(RateLimit.network("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(RateLimit.network("192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @Test
    void metricsAreLabelledWithTemplatesOnly() throws IOException {
        for (int i = 0; i < 5; i++) {
            GATEWAY.get("/api/tasks/0190b4c6-0000-7000-8000-00000000000" + i);
            GATEWAY.get("/api/tasks/s3cret" + i);
            GATEWAY.get("/s3cret" + i);
            Wire.answer("BREW" + i + " /api/tasks HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        }

        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        String metrics =
                Api.at(URI.create("http://127.0.0.1:" + port)).get("/metrics").body();

        assertThat(metrics)
                .contains("uri=\"/api/tasks/{id}\"", "uri=\"/api/tasks/{other}\"", "method=\"OTHER\"")
                .doesNotContain("s3cret", "0190b4c6", "BREW");
    }
}
