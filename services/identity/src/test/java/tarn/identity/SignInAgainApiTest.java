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
        Api home = SignedInUser.anonymous();
        String email = SignedInUser.registers("ada").email();
        home.post("/api/sessions", SignedInUser.credentials(email));
        Map<String, Object> guess = Map.of("email", email, "password", "a guess at night");
        for (int i = 0; i < 12; i++) {
            SignedInUser.anonymous().post("/api/sessions", guess);
        }

        assertThat(SignedInUser.anonymous().post("/api/sessions", guess).status())
                .isEqualTo(429);
        assertThat(home.post("/api/sessions", SignedInUser.credentials(email)).status())
                .isEqualTo(201);
    }

    @Test
    void theLastTwentyAddressesAreRemembered() {
        SignedInUser ada = SignedInUser.registers("ada");
        for (int i = 0; i < KnownAddressStore.MAX_PER_USER + 3; i++) {
            ada.elsewhere();
        }

        assertThat(Rows.texts("select network from known_address")).hasSize(KnownAddressStore.MAX_PER_USER);
    }

    @Test
    void signingInAgainEndsTheBrowsersEarlierSession() {
        SignedInUser ada = SignedInUser.registers("ada");
        SignedInUser other = ada.elsewhere();

        Api.Answer again = ada.api().post("/api/sessions", SignedInUser.credentials(ada.email()));

        assertThat(again.status()).isEqualTo(201);
        assertThat(SignedInUser.exchange("cookie", ada.cookie()).status()).isEqualTo(404);
        assertThat(SignedInUser.exchange("cookie", SignedInUser.cookieOf(again)).status())
                .isEqualTo(200);
        assertThat(SignedInUser.exchange("cookie", other.cookie()).status()).isEqualTo(200);
    }

    @Test
    void twoOldAccountsThatDifferOnlyByWidthStayTwo() {
        SignedInUser ada = SignedInUser.registers("ada");
        SignedInUser wide = SignedInUser.registers("wide");
        String written = "\uff41" + ada.email().substring(1);
        Rows.change("update app_user set email = '" + written + "', email_key = '" + written + "' where id = '"
                + wide.id() + "'");

        Api.Answer narrow = SignedInUser.anonymous().post("/api/sessions", SignedInUser.credentials(ada.email()));
        Api.Answer wider = SignedInUser.anonymous().post("/api/sessions", SignedInUser.credentials(written));

        assertThat(narrow.at("/user/id")).isEqualTo(ada.id());
        assertThat(wider.at("/user/id")).isEqualTo(wide.id());
        assertThat(SignedInUser.anonymous()
                        .post(
                                "/api/users",
                                SignedInUser.draft(
                                        "eve", "a\uff44" + ada.email().substring(2)))
                        .code())
                .isEqualTo("email-taken");
    }

    @Test
    void namesWithWhatCannotBeSeenAreRefused() {
        for (String name : new String[] {"a\u200b", "\u2800", "\u3164", "ada\u202eeve", "\u0301", "a\u001bb"}) {
            assertThat(SignedInUser.anonymous()
                            .post("/api/users", SignedInUser.draft(name, "x@tarn.example"))
                            .status())
                    .as(name)
                    .isEqualTo(422);
        }
    }
}
