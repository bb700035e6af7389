package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@IdentityTest
final class SignInAgainApiTest {

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
    }

    @Test
    void wrongPasswordsElsewhereDoNotStopTheOwnerAtHome() {
        Api home = Someone.anonymous();
        String email = Someone.registers("ada").email();
        home.post("/api/sessions", Someone.credentials(email));
        Map<String, Object> guess = Map.of("email", email, "password", "a guess at night");
        for (int i = 0; i < 12; i++) {
            Someone.anonymous().post("/api/sessions", guess);
        }

        assertThat(Someone.anonymous().post("/api/sessions", guess).status()).isEqualTo(429);
        assertThat(home.post("/api/sessions", Someone.credentials(email)).status())
                .isEqualTo(201);
    }

    @Test
    void theLastTwentyAddressesAreRemembered() {
        Someone ada = Someone.registers("ada");
        for (int i = 0; i < KnownAddressStore.MAX_PER_USER + 3; i++) {
            ada.elsewhere();
        }

        assertThat(Rows.texts("select network from known_address")).hasSize(KnownAddressStore.MAX_PER_USER);
    }

    @Test
    void signingInAgainEndsTheBrowsersEarlierSession() {
        Someone ada = Someone.registers("ada");
        Someone other = ada.elsewhere();

        Api.Answer again = ada.api().post("/api/sessions", Someone.credentials(ada.email()));

        assertThat(again.status()).isEqualTo(201);
        assertThat(Someone.exchange("cookie", ada.cookie()).status()).isEqualTo(404);
        assertThat(Someone.exchange("cookie", Someone.cookieOf(again)).status()).isEqualTo(200);
        assertThat(Someone.exchange("cookie", other.cookie()).status()).isEqualTo(200);
    }

    @Test
    void twoOldAccountsThatDifferOnlyByWidthStayTwo() {
        Someone ada = Someone.registers("ada");
        Someone wide = Someone.registers("wide");
        String written = "\uff41" + ada.email().substring(1);
        Rows.change("update person set email = '" + written + "', email_key = '" + written + "' where id = '"
                + wide.id() + "'");

        Api.Answer narrow = Someone.anonymous().post("/api/sessions", Someone.credentials(ada.email()));
        Api.Answer wider = Someone.anonymous().post("/api/sessions", Someone.credentials(written));

        assertThat(narrow.at("/user/id")).isEqualTo(ada.id());
        assertThat(wider.at("/user/id")).isEqualTo(wide.id());
        assertThat(Someone.anonymous()
                        .post(
                                "/api/users",
                                Someone.draft("eve", "a\uff44" + ada.email().substring(2)))
                        .code())
                .isEqualTo("email-taken");
    }

    @Test
    void namesWithWhatCannotBeSeenAreRefused() {
        for (String name : new String[] {"a\u200b", "\u2800", "\u3164", "ada\u202eeve", "\u0301", "a\u001bb"}) {
            assertThat(Someone.anonymous()
                            .post("/api/users", Someone.draft(name, "x@tarn.example"))
                            .status())
                    .as(name)
                    .isEqualTo(422);
        }
    }
}
