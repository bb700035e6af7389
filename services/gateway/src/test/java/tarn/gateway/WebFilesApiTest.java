package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.gateway.Split.GATEWAY;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@QuarkusTest
@WithTestResource(EchoingServices.class)
final class WebFilesApiTest {

    private static final Api USER = GATEWAY.header("Accept", "text/html,*/*;q=0.8");
    private static final String ASSET = "/assets/app-4f3a2b1c.js";

    @Test
    void aPageOfTheAppIsTheApp() {
        assertThat(USER.get("/").body()).contains("The app");
        assertThat(USER.get("/projects/0190b4c6-0000-7000-8000-00000000000a").body())
                .contains("The app");
        assertThat(USER.get("/").header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(USER.get("/").header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void onlyAUserGoesToAPage() {
        assertThat(GATEWAY.get("/projects").code()).isEqualTo("not-found");
        assertThat(USER.get("/projects.json").code()).isEqualTo("not-found");
        assertThat(USER.get("/assets/gone").code()).isEqualTo("not-found");
        assertThat(USER.post("/projects").code()).isEqualTo("method-not-allowed");
    }

    @Test
    void theDocumentationAndTheContractAreThere() {
        assertThat(GATEWAY.get("/docs").body()).contains("The documentation");
        assertThat(GATEWAY.get("/docs/").body()).contains("The documentation");
        assertThat(GATEWAY.get("/docs/errors").body()).contains("Errors");
        assertThat(USER.get("/docs/nothing").status()).isEqualTo(404);
        assertThat(GATEWAY.get("/openapi.yaml").header("Content-Type")).isEqualTo("application/yaml");
        assertThat(GATEWAY.get("/openapi.yaml").body()).startsWith("openapi:");
    }

    @Test
    void whatNeverChangesIsKeptAndWhatIsKnownIsNotSentAgain() {
        Api.Answer asset = GATEWAY.get(ASSET);
        Api.Answer again = GATEWAY.ifNoneMatch(asset.etag()).get(ASSET);

        assertThat(asset.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(asset.header("Content-Type")).startsWith("text/javascript");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.etag()).isEqualTo(asset.etag());
        assertThat(again.body()).isEmpty();
        assertThat(GATEWAY.ifNoneMatch("\"other\"").get(ASSET).status()).isEqualTo(200);
    }

    @Test
    void whatIsLargeIsCompressedForThoseWhoUnderstand() {
        Api squeezed = GATEWAY.header("Accept-Encoding", "gzip, br");
        Api.Answer small = squeezed.head(ASSET);
        Api.Answer plain = GATEWAY.header("Accept-Encoding", "gzip;q=0").head(ASSET);

        assertThat(small.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(GATEWAY.get(ASSET).body()).hasSize(length(plain));
        assertThat(GATEWAY.header("Accept-Encoding", "gzip;q=0.5").head(ASSET).header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(length(small)).isLessThan(length(plain) / 2);
        assertThat(small.etag()).isNotEqualTo(plain.etag());
        assertThat(small.header("Vary")).isEqualTo("accept-encoding");
        assertThat(squeezed.get("/mark.svg").header("Content-Encoding")).isEmpty();
    }

    @Test
    void theIconIsAlsoWhereBrowsersLookByThemselves() {
        Api.Answer icon = GATEWAY.get("/favicon.ico");

        assertThat(icon.status()).isEqualTo(200);
        assertThat(icon.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(icon.body()).isEqualTo(GATEWAY.get("/mark.svg").body());
    }

    private static int length(Api.Answer answer) {
        return Integer.parseInt(answer.header("Content-Length"));
    }

    @Test
    void nothingElseIsReachable() throws IOException {
        assertThat(GATEWAY.get("/.vite/manifest.json").status()).isEqualTo(404);
        assertThat(Wire.get("/../application.properties")).startsWith("HTTP/1.1 400");
        assertThat(Wire.get("/assets/%2e%2e/index.html")).startsWith("HTTP/1.1 400");
        assertThat(Wire.get("/assets/..%2findex.html")).startsWith("HTTP/1.1 400");
        assertThat(Wire.get("/assets\\index.html")).startsWith("HTTP/1.1 400");
        assertThat(Wire.get("/index.html%00")).startsWith("HTTP/1.1 400");
    }
}
