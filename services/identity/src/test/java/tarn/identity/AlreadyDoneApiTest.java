package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;

/// What is made with a secret, under an `Idempotency-Key`.
@IdentityTest
final class AlreadyDoneApiTest {

    private SignedInUser admin;

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
        Rows.change("delete from idempotency_key");
        admin = SignedInUser.registers("admin");
    }

    private Api.Answer post(String what, String key) {
        Api api = admin.api().header("Idempotency-Key", key);
        return switch (what) {
            case "token" -> api.post("/api/tokens", Map.of("name", "cli", "scopes", List.of("users:read")));
            case "invitation" -> api.post("/api/invitations", Map.of("maxUses", 2));
            default -> api.post("/api/users/" + admin.id() + "/password-reset");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "invitation", "password-reset"})
    void aRepetitionGetsTheIdAndNeverTheSecret(String what) {
        Api.Answer made = post(what, "one");
        Api.Answer again = post(what, "one");
        Api.Answer another = post(what, "two");

        assertThat(made.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("already-done");
        assertThat(again.at("/id")).isEqualTo(made.at("/id"));
        assertThat(another.status()).isEqualTo(201);
        assertThat(another.at("/id")).isNotEqualTo(made.at("/id"));
        assertThat(Rows.texts("select k::text from idempotency_key k").toString())
                .contains(made.at("/id"))
                .doesNotContain("tarn_");
    }

    @Test
    void theSameKeyForSomethingElseIsRefused() {
        post("token", "one");

        Api.Answer other = admin.api()
                .header("Idempotency-Key", "one")
                .post("/api/tokens", Map.of("name", "other", "scopes", List.of("users:read")));

        assertThat(other.code()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void thePasswordIsNotCompared() {
        Map<String, Object> draft = new HashMap<>(Map.of("name", "cli", "scopes", List.of("users:read")));
        draft.put("password", SignedInUser.PASSWORD);
        Api api = admin.api().header("Idempotency-Key", "one");
        Api.Answer made = api.post("/api/tokens", draft);
        draft.remove("password");

        assertThat(made.status()).isEqualTo(201);
        assertThat(api.post("/api/tokens", draft).code()).isEqualTo("already-done");
    }

    @Test
    void whatWasRefusedCanBeAskedForAgain() {
        Map<String, Object> draft = Map.of("name", "cli", "scopes", List.of("users:read"), "password", "wrong one");
        Api api = admin.api().header("Idempotency-Key", "one");

        Api.Answer refused = api.post("/api/tokens", draft);
        Api.Answer made = post("token", "one");

        assertThat(refused.code()).isEqualTo("wrong-password");
        assertThat(made.status()).isEqualTo(201);
    }
}
