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
        Map<String, Object> draft = new LinkedHashMap<>(Someone.draft("ada"));
        draft.put("timeZone", timeZone);
        return draft;
    }

    private static String claims(String accessToken) {
        return new String(Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    @Test
    void theAccountTakesTheTimeZoneOfItsBrowserAndEachAccessTokenTellsIt() {
        Api api = Someone.anonymous();
        Api.Answer me = api.post("/api/users", draft("Pacific/Auckland"));
        Someone ada = new Someone(
                me.at("/id"),
                "ada",
                me.at("/email"),
                Someone.cookieOf(api.post("/api/sessions", Someone.credentials(me.at("/email")))));
        Map<String, Object> forTokens = new LinkedHashMap<>(Someone.credentials(ada.email()));
        forTokens.put("grant", "token");
        Api.Answer tokens = Someone.anonymous().post("/api/sessions", forTokens);
        Api.Answer refreshed =
                Someone.anonymous().post("/api/sessions/refresh", Map.of("refreshToken", tokens.at("/refreshToken")));
        Api.Answer program = ada.api().post("/api/tokens", Map.of("name", "p", "scopes", List.of("tasks:read")));

        assertThat(me.at("/timeZone")).isEqualTo("Pacific/Auckland");
        assertThat(List.of(
                        Someone.exchange("cookie", ada.cookie()).at("/value"),
                        Someone.exchange("personal", program.at("/secret")).at("/value"),
                        tokens.at("/accessToken"),
                        refreshed.at("/accessToken")))
                .allSatisfy(token -> assertThat(claims(token)).contains("\"zoneinfo\":\"Pacific/Auckland\""));
    }

    @Test
    void anotherTimeZoneIsInTheNextAccessToken() {
        Someone ada = Someone.registers("ada");

        ada.api().patch("/api/users/me", Map.of("timeZone", "America/Havana"));

        assertThat(claims(Someone.exchange("cookie", ada.cookie()).at("/value")))
                .contains("\"zoneinfo\":\"America/Havana\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "+02:00", "europe/berlin", " "})
    void nobodyRegistersInAZoneThatThereIsNot(String timeZone) {
        Api.Answer refused = Someone.anonymous().post("/api/users", draft(timeZone));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/timeZone");
    }

    @Test
    void servicesAskForTheTimeZonesOfUsers() {
        Api.Answer me = Someone.anonymous().post("/api/users", draft("Asia/Tokyo"));
        String nobody = "0190a000-0000-7000-8000-00000000dead";

        Api.Answer zones = Someone.service("tasks")
                .post("/internal/identity/users/time-zones", Map.of("ids", List.of(me.at("/id"), nobody)));

        assertThat(zones.json().path("items").toString())
                .isEqualTo("[{\"id\":\"" + me.at("/id") + "\",\"timeZone\":\"Asia/Tokyo\"}]");
    }
}
