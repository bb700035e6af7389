package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@IdentityTest
final class EmailApiTest {

    private SignedInUser ada;

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
        ada = SignedInUser.registers("ada");
    }

    private Api.Answer change(String email, String password) {
        return ada.api().put("/api/users/me/email", Map.of("email", email, "password", password));
    }

    @Test
    void theUserSignsInWithTheNewAddress() {
        Api.Answer changed = change("Ada@Lovelace.example", SignedInUser.PASSWORD);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/email")).isEqualTo("Ada@Lovelace.example");
        assertThat(changed.at("/version")).isEqualTo("2");
        assertThat(SignedInUser.signsIn("ada@lovelace.example").id()).isEqualTo(ada.id());
        assertThat(SignedInUser.anonymous()
                        .post("/api/sessions", SignedInUser.credentials(ada.email()))
                        .code())
                .isEqualTo("wrong-credentials");
        assertThat(SignedInUser.exchange("cookie", ada.cookie()).status()).isEqualTo(200);
        assertThat(SignedInUser.anonymous()
                        .post("/api/users", SignedInUser.draft("eve", ada.email()))
                        .status())
                .as("the former address is free")
                .isEqualTo(201);
    }

    @Test
    void needsThePassword() {
        Api.Answer refused = change("ada@lovelace.example", "not the password");

        assertThat(refused.code()).isEqualTo("wrong-password");
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/password");
    }

    @Test
    void anAddressOfAnotherIsTakenHoweverItIsWritten() {
        SignedInUser grace = SignedInUser.registers("grace");

        Api.Answer taken = change(grace.email().toUpperCase(Locale.ROOT), SignedInUser.PASSWORD);
        Api.Answer own = change(ada.email().toUpperCase(Locale.ROOT), SignedInUser.PASSWORD);
        Api.Answer no = change("no address", SignedInUser.PASSWORD);

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("email-taken");
        assertThat(taken.at("/errors/0/pointer")).isEqualTo("/email");
        assertThat(own.status()).isEqualTo(200);
        assertThat(no.status()).isEqualTo(422);
    }

    @Test
    void askingForTakenAddressesIsLimitedAsAtRegistration() {
        SignedInUser grace = SignedInUser.registers("grace");
        Api one = ada.api();
        Map<String, Object> change = Map.of("email", grace.email(), "password", SignedInUser.PASSWORD);

        Api.Answer last = one.put("/api/users/me/email", change);
        for (int i = 0; i < 60 && last.status() == 409; i++) {
            last = one.put("/api/users/me/email", change);
        }

        assertThat(last.status()).isEqualTo(429);
    }
}
