package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.SettableClock;

@IdentityTest
final class InternalApiTest {

    @Inject
    SettableClock clock;

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
    }

    @Test
    void aServiceGetsATokenForItsKey() {
        Api.Answer token = SignedInUser.serviceToken("tasks", DatabaseResource.key("tasks"));
        UUID nobody = new UUID(1, 2);

        assertThat(token.status()).isEqualTo(200);
        assertThat(token.at("/expiresAt")).isNotEmpty();
        assertThat(SignedInUser.anonymous()
                        .bearer(token.at("/value"))
                        .get("/internal/identity/users/" + nobody)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void nobodyElseGetsOne() {
        assertThat(SignedInUser.serviceToken("tasks", "wrong").status()).isEqualTo(401);
        assertThat(SignedInUser.serviceToken("tasks", DatabaseResource.key("gateway"))
                        .status())
                .isEqualTo(401);
        assertThat(SignedInUser.serviceToken("stranger", "").code()).isEqualTo("unauthenticated");
        assertThat(SignedInUser.anonymous()
                        .post("/internal/identity/service-tokens")
                        .status())
                .isEqualTo(401);
        assertThat(SignedInUser.anonymous()
                        .header("Authorization", "Basic %%%")
                        .post("/internal/identity/service-tokens")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void onlyServicesThatAreNamedComeIn() {
        SignedInUser ada = SignedInUser.registers("ada");

        assertThat(ada.api().get("/internal/identity/users/" + ada.id()).status())
                .isEqualTo(403);
        assertThat(ada.api().get("/internal/identity/revocations").status()).isEqualTo(403);
        assertThat(SignedInUser.anonymous()
                        .get("/internal/identity/revocations")
                        .status())
                .isEqualTo(401);
        assertThat(SignedInUser.service("posts")
                        .get("/internal/identity/revocations")
                        .status())
                .isEqualTo(403);
        assertThat(SignedInUser.service("gateway")
                        .get("/internal/identity/users/" + ada.id())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aServiceIsNobodysSession() {
        assertThat(SignedInUser.service().get("/api/users/me").status()).isEqualTo(403);
        assertThat(SignedInUser.service().get("/api/sessions").status()).isEqualTo(403);
    }

    @Test
    void aCookieBecomesAnAccessToken() {
        SignedInUser ada = SignedInUser.registers("ada");

        Api.Answer token = SignedInUser.exchange("cookie", ada.cookie());

        assertThat(token.status()).isEqualTo(200);
        assertThat(token.at("/credential"))
                .isEqualTo(ada.api().get("/api/sessions").at("/items/0/id"));
        assertThat(token.json().size()).isEqualTo(3);
    }

    @Test
    void useIsNotedWithTheDeviceAtMostOnceAMinute() {
        SignedInUser ada = SignedInUser.registers("ada");
        String before = ada.api().get("/api/sessions").at("/items/0/lastUsedAt");

        clock.advance(Duration.ofSeconds(60));
        JsonNode used = ada.api().get("/api/sessions").json().at("/items/0");

        assertThat(used.get("lastUsedAt").asText()).isGreaterThan(before);
        assertThat(used.get("userAgent").asText()).isEqualTo("Test/2");
        assertThat(used.get("address").asText()).isEqualTo("192.0.2.5");
    }

    @Test
    void whatIsNoCredentialBecomesNothing() {
        SignedInUser ada = SignedInUser.registers("ada");

        assertThat(SignedInUser.exchange("cookie", "forged").status()).isEqualTo(404);
        assertThat(SignedInUser.exchange("personal", ada.cookie()).status()).isEqualTo(404);
        assertThat(SignedInUser.exchange("personal", "tarn_pat_forged").status())
                .isEqualTo(404);
        assertThat(SignedInUser.exchange("cookie", "\u0000").status()).isEqualTo(422);
        assertThat(SignedInUser.exchange("wrong", "x").status()).isEqualTo(400);
    }

    @Test
    void whatHasEndedIsToldForAWhile() {
        SignedInUser ada = SignedInUser.registers("ada");
        String session = ada.api().get("/api/sessions").at("/items/0/id");
        long before = SignedInUser.service()
                .get("/internal/identity/revocations")
                .json()
                .get("last")
                .asLong();
        ada.api().delete("/api/sessions/current");

        Api.Answer told = SignedInUser.service().get("/internal/identity/revocations?after=" + before);
        long last = told.json().get("last").asLong();
        Api.Answer nothingNew = SignedInUser.service().get("/internal/identity/revocations?after=" + last);
        clock.advance(Duration.ofMinutes(11));
        Api.Answer later = SignedInUser.service().get("/internal/identity/revocations?after=" + before);

        assertThat(told.at("/items/0/credential")).isEqualTo(session);
        assertThat(told.json().get("items")).hasSize(1);
        assertThat(last).isGreaterThan(before);
        assertThat(nothingNew.body()).isEqualTo("{\"items\":[],\"last\":" + last + "}");
        assertThat(later.json().get("items")).isEmpty();
    }

    @Test
    void aUserIsLookedUp() {
        SignedInUser ada = SignedInUser.registers("ada");

        assertThat(SignedInUser.service("tasks")
                        .get("/internal/identity/users/" + ada.id())
                        .body())
                .isEqualTo("{\"id\":\"" + ada.id() + "\",\"name\":\"ada\",\"closed\":false}");
        assertThat(SignedInUser.service("tasks")
                        .get("/internal/identity/users/" + new UUID(1, 2))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void manyUsersAreLookedUpAtOnce() {
        SignedInUser ada = SignedInUser.registers("ada");
        SignedInUser ben = SignedInUser.registers("ben");
        SignedInUser.registers("eve");

        Api.Answer found = SignedInUser.service()
                .post("/internal/identity/users", Map.of("ids", List.of(ada.id(), ben.id(), new UUID(1, 2))));

        assertThat(found.status()).as(found.toString()).isEqualTo(200);
        assertThat(found.json().path("items").findValuesAsText("id")).containsExactlyInAnyOrder(ada.id(), ben.id());
        assertThat(found.json().path("items").findValuesAsText("name")).containsExactlyInAnyOrder("ada", "ben");
        assertThat(SignedInUser.service()
                        .post("/internal/identity/users", Map.of("ids", Collections.nCopies(501, ada.id())))
                        .status())
                .isEqualTo(422);
        assertThat(ada.api()
                        .post("/internal/identity/users", Map.of("ids", List.of(ada.id())))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void publishesTheKeysThatVerify() {
        Api.Answer keys = SignedInUser.anonymous().get("/.well-known/jwks.json");

        assertThat(keys.status()).isEqualTo(200);
        assertThat(keys.json().at("/keys/0/kty").asText()).isEqualTo("RSA");
        assertThat(keys.json().at("/keys/0/use").asText()).isEqualTo("sig");
        assertThat(keys.json().at("/keys/0/kid").asText()).isNotEmpty();
        assertThat(keys.body()).doesNotContain("\"d\"").doesNotContain("\"p\"");
    }

    @Test
    void aForgedOrExpiredTokenIsNobodys() {
        SignedInUser ada = SignedInUser.registers("ada");
        String token = SignedInUser.exchange("cookie", ada.cookie()).at("/value");
        int dot = token.lastIndexOf('.');
        String bent =
                token.substring(0, dot - 2) + (token.charAt(dot - 2) == 'A' ? 'B' : 'A') + token.substring(dot - 1);

        assertThat(SignedInUser.anonymous().bearer(bent).get("/api/users/me").code())
                .isEqualTo("unauthenticated");
        assertThat(SignedInUser.anonymous().bearer("x.y.z").get("/api/users/me").status())
                .isEqualTo(401);
        clock.advance(Duration.ofMinutes(5));
        assertThat(SignedInUser.anonymous().bearer(token).get("/api/users/me").status())
                .isEqualTo(401);
        assertThat(SignedInUser.anonymous()
                        .bearer(token)
                        .post("/api/sessions", Map.of("email", "x", "password", "y"))
                        .status())
                .isEqualTo(401);
    }
}
