package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.gateway.Split.GATEWAY;
import static tarn.gateway.Split.withCookie;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;

/// Changes that another site makes a browser ask for.
@QuarkusTest
@WithTestResource(EchoingServices.class)
final class CsrfCheckApiTest {

    private static final Api COOKIE = withCookie("good browser");

    private static int change(Api client) {
        return client.post("/api/tasks", Map.of()).status();
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, http://tarn.example",
        "Origin, https://tarn.example.evil.example",
        "Origin, https://tarn.example:8443",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Referer, https://tarn.example/",
        "Sec-Fetch-Mode, cors",
        "User-Agent, Mozilla/5.0 (X11; Linux x86_64)",
    })
    void withACookieWhatIsNotShownToBeOursIsRefused(String header, String value) {
        Api.Answer answer = COOKIE.header(header, value).post("/api/tasks", Map.of());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("cross-site");
        assertThat(COOKIE.header(header, value).get("/api/tasks").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://tarn.example",
        "Sec-Fetch-Site, same-origin",
        "Sec-Fetch-Site, none",
        "User-Agent, curl/8.5.0",
    })
    void withACookieOurOwnPagesAndProgramsAreServed(String header, String value) {
        assertThat(change(COOKIE.header(header, value))).isEqualTo(200);
    }

    @Test
    void theAddressThatWasAskedIsOursToo() {
        URI here = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        String origin = "http://" + here.getHost() + ":" + here.getPort();

        assertThat(change(COOKIE.header("Origin", origin))).isEqualTo(200);
        assertThat(change(COOKIE.header("Origin", origin).header("X-Forwarded-Proto", "https")))
                .isEqualTo(403);
    }

    @Test
    void signingInFromAnotherSiteIsRefused() {
        Api evil = GATEWAY.header("Origin", "https://evil.example");

        assertThat(evil.post("/api/sessions", Map.of()).code()).isEqualTo("cross-site");
        assertThat(evil.post("/api/users", Map.of()).code()).isEqualTo("cross-site");
        assertThat(GATEWAY.header("Sec-Fetch-Site", "cross-site")
                        .post("/api/sessions", Map.of())
                        .code())
                .isEqualTo("cross-site");
        assertThat(GATEWAY.header("User-Agent", "Mozilla/5.0")
                        .post("/api/sessions", Map.of())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer tarn_pat_good", "Bearer x", "Basic YTpi", "Negotiate x", "x", ""})
    void anAuthorizationDoesNotSwitchTheCheckOff(String authorization) {
        Api both = GATEWAY.header("Authorization", authorization);
        Api cookieToo = COOKIE.header("Authorization", authorization);

        assertThat(both.header("Origin", "https://evil.example")
                        .post("/api/tasks", Map.of())
                        .code())
                .isEqualTo("cross-site");
        assertThat(both.header("Sec-Fetch-Site", "cross-site")
                        .post("/api/tasks", Map.of())
                        .code())
                .isEqualTo("cross-site");
        assertThat(cookieToo
                        .header("Referer", "https://evil.example/")
                        .post("/api/tasks", Map.of())
                        .code())
                .isEqualTo("cross-site");
    }

    @Test
    void aProgramWithATokenNeedSayNothing() {
        assertThat(change(GATEWAY.bearer("tarn_pat_good"))).isEqualTo(200);
    }
}
