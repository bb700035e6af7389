package tarn.testing.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.Eventually;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.SignedTokens;

/// A service as it runs beside identity: it asks for the keys and has a clock that goes.
@QuarkusTest
@TestProfile(PublishedKeysTest.Plain.class)
@WithTestResource(value = DatabaseResource.class, initArgs = @ResourceArg(name = "services", value = "sample"))
final class PublishedKeysTest {

    /// Selects no alternative.
    public static final class Plain implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.selected-alternatives",
                    "",
                    "tarn.route.identity",
                    IDENTITY.url().toString());
        }
    }

    private static final FakeService IDENTITY = new FakeService();

    private final SignedTokens tokens = new SignedTokens(Clock.systemUTC());

    @AfterAll
    static void close() {
        IDENTITY.close();
    }

    @Test
    void proveWhoIsAsking() {
        UUID ada = UUID.randomUUID();
        IDENTITY.on("GET", "/.well-known/jwks.json", _ -> CannedAnswer.of(503));
        Api.Answer unchecked = Api.here().bearer(tokens.session(ada)).get("/api/notes/caller");
        IDENTITY.on("GET", "/.well-known/jwks.json", _ -> CannedAnswer.ok(tokens.published()));

        // Who cannot be told from a stranger is not told to sign in.
        assertThat(unchecked.status()).isEqualTo(503);
        assertThat(unchecked.code()).isEqualTo("unavailable");
        assertThat(unchecked.headers().map()).doesNotContainKey("www-authenticate");
        Eventually.within(
                Duration.ofSeconds(5),
                () -> Api.here()
                                .bearer(tokens.session(ada))
                                .get("/api/notes/caller")
                                .status()
                        == 200);
        assertThat(Api.here()
                        .bearer(tokens.session(ada))
                        .get("/api/notes/caller")
                        .at("/id"))
                .isEqualTo(ada.toString());
        assertThat(Api.here()
                        .bearer(tokens.sign(new JwtClaims(), Map.of("kid", "unknown", "typ", "at+jwt")))
                        .get("/api/notes/caller")
                        .status())
                .isEqualTo(401);
    }
}
