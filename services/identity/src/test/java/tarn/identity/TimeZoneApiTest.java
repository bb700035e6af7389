package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;

@IdentityTest
final class TimeZoneApiTest {

    private static Map<String, Object> draft(String timeZone) {
        Map<String, Object> draft = new LinkedHashMap<>(SignedInUser.draft("ada"));
        draft.put("timeZone", timeZone);
        return draft;
    }

    private static String claims(String accessToken) {
        return new String(Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    @Test
    void theAccountTakesTheTimeZoneOfItsBrowserAndEachAccessTokenTellsIt() {
        Api api = SignedInUser.anonymous();
        Api.Answer me = api.post("/api/users", draft("Pacific/Auckland"));
        SignedInUser ada = new SignedInUser(
                me.at("/id"),
                "ada",
                me.at("/email"),
                SignedInUser.cookieOf(api.post("/api/sessions", SignedInUser.credentials(me.at("/email")))));
        Map<String, Object> forTokens = new LinkedHashMap<>(SignedInUser.credentials(ada.email()));
        forTokens.put("grant", "token");
        Api.Answer tokens = SignedInUser.anonymous().post("/api/sessions", forTokens);
        Api.Answer refreshed = SignedInUser.anonymous()
                .post("/api/sessions/refresh", Map.of("refreshToken", tokens.at("/refreshToken")));
        Api.Answer program = ada.api().post("/api/tokens", Map.of("name", "p", "scopes", List.of("tasks:read")));

        assertThat(me.at("/timeZone")).isEqualTo("Pacific/Auckland");
        assertThat(List.of(
                        SignedInUser.exchange("cookie", ada.cookie()).at("/value"),
                        SignedInUser.exchange("personal", program.at("/secret")).at("/value"),
                        tokens.at("/accessToken"),
                        refreshed.at("/accessToken")))
                .allSatisfy(token -> assertThat(claims(token)).contains("\"zoneinfo\":\"Pacific/Auckland\""));
    }

    @Test
    void anotherTimeZoneIsInTheNextAccessToken() {
        SignedInUser ada = SignedInUser.registers("ada");

        ada.api().patch("/api/users/me", Map.of("timeZone", "America/Havana"));

        assertThat(claims(SignedInUser.exchange("cookie", ada.cookie()).at("/value")))
                .contains("\"zoneinfo\":\"America/Havana\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "+02:00", "europe/berlin", " "})
    void nobodyRegistersInAZoneThatThereIsNot(String timeZone) {
        Api.Answer refused = SignedInUser.anonymous().post("/api/users", draft(timeZone));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/timeZone");
    }

    @Test
    void servicesAskForTheTimeZonesOfUsers() {
        Api.Answer me = SignedInUser.anonymous().post("/api/users", draft("Asia/Tokyo"));
        String nobody = "0190a000-0000-7000-8000-00000000dead";

        Api.Answer zones = SignedInUser.service("tasks")
                .post("/internal/identity/users/time-zones", Map.of("ids", List.of(me.at("/id"), nobody)));

        assertThat(zones.json().path("items").toString())
                .isEqualTo("[{\"id\":\"" + me.at("/id") + "\",\"timeZone\":\"Asia/Tokyo\"}]");
    }
}
