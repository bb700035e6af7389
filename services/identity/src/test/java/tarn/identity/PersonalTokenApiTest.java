package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SettableClock;

@IdentityTest
final class PersonalTokenApiTest {

    @Inject
    SettableClock clock;

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
    }

    private static Map<String, Object> draft() {
        return Map.of("name", "build", "scopes", List.of("tasks:read", "users:read"));
    }

    @Test
    void theSecretIsShownOnceAndNotKept() {
        SignedInUser ada = SignedInUser.registers("ada");

        Api.Answer made = ada.api().post("/api/tokens", draft());
        Api.Answer listed = ada.api().get("/api/tokens");

        String secret = made.at("/secret");
        assertThat(made.status()).isEqualTo(201);
        assertThat(secret)
                .startsWith("tarn_pat_")
                .startsWith(made.at("/prefix"))
                .hasSize(52);
        assertThat(made.at("/expiresAt"))
                .isEqualTo(clock.instant().plus(Duration.ofDays(365)).toString());
        assertThat(made.json().get("lastUsedAt").isNull()).isTrue();
        assertThat(listed.at("/items/0/id")).isEqualTo(made.at("/id"));
        assertThat(listed.body()).doesNotContain(secret);
        assertThat(Rows.texts("select t::text from personal_token t").toString())
                .doesNotContain(secret.substring(13));
        assertThat(Rows.texts("select payload::text from outbox where type = 'token.created'")
                        .toString())
                .contains("tasks:read")
                .doesNotContain("tarn_pat_", "build");
    }

    @Test
    void aProgramMayDoWhatTheScopesSay() {
        SignedInUser ada = SignedInUser.registers("ada");
        String secret = ada.api().post("/api/tokens", draft()).at("/secret");

        Api program = SignedInUser.anonymous()
                .bearer(SignedInUser.exchange("personal", secret).at("/value"));

        assertThat(program.get("/api/users/me").status()).isEqualTo(200);
        assertThat(ada.program("tasks:read").get("/api/users/me").status()).isEqualTo(403);
    }

    @Test
    void aProgramManagesNeitherAccountNorSessionsNorTokens() {
        Api program = SignedInUser.registers("ada").program("users:read", "tasks:read", "tasks:write");

        assertThat(program.get("/api/tokens").status()).isEqualTo(403);
        assertThat(program.post("/api/tokens", draft()).status()).isEqualTo(403);
        assertThat(program.get("/api/sessions").status()).isEqualTo(403);
        assertThat(program.get("/api/sessions/current").body()).isEqualTo("{\"user\":null}");
        assertThat(program.delete("/api/sessions/current").status()).isEqualTo(403);
        assertThat(program.patch("/api/users/me", Map.of("name", "Eve")).code()).isEqualTo("forbidden");
        assertThat(program.post("/api/users/me/deletion", Map.of("password", SignedInUser.PASSWORD))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void useIsNotedAtMostOnceAMinute() {
        SignedInUser ada = SignedInUser.registers("ada");
        String secret = ada.api().post("/api/tokens", draft()).at("/secret");

        SignedInUser.exchange("personal", secret);
        String first = ada.api().get("/api/tokens").at("/items/0/lastUsedAt");
        clock.advance(Duration.ofSeconds(59));
        SignedInUser.exchange("personal", secret);
        String second = ada.api().get("/api/tokens").at("/items/0/lastUsedAt");
        clock.advance(Duration.ofSeconds(1));
        SignedInUser.exchange("personal", secret);
        String third = ada.api().get("/api/tokens").at("/items/0/lastUsedAt");

        assertThat(first).isNotEmpty().isEqualTo(second);
        assertThat(third).isGreaterThan(second);
    }

    @Test
    void anExpiredTokenIsListedAndOpensNothing() {
        SignedInUser ada = SignedInUser.registers("ada");
        Map<String, Object> draft = Map.of(
                "name",
                "build",
                "scopes",
                List.of("users:read"),
                "expiresAt",
                clock.instant().plusSeconds(60));
        Api.Answer made = ada.api().post("/api/tokens", draft);
        Api.Answer early = SignedInUser.exchange("personal", made.at("/secret"));

        clock.advance(Duration.ofSeconds(60));

        assertThat(early.at("/expiresAt")).isEqualTo(made.at("/expiresAt"));
        assertThat(SignedInUser.exchange("personal", made.at("/secret")).status())
                .isEqualTo(404);
        assertThat(ada.api().get("/api/tokens").json().get("items")).hasSize(1);
    }

    @Test
    void aRevokedTokenOpensNothing() {
        SignedInUser ada = SignedInUser.registers("ada");
        Api.Answer made = ada.api().post("/api/tokens", draft());
        String path = "/api/tokens/" + made.at("/id");

        assertThat(SignedInUser.registers("grace").api().delete(path).status()).isEqualTo(404);
        assertThat(ada.api().delete(path).status()).isEqualTo(204);

        assertThat(ada.api().delete(path).status()).isEqualTo(404);
        assertThat(SignedInUser.exchange("personal", made.at("/secret")).status())
                .isEqualTo(404);
        assertThat(Rows.texts("select credential_id::text from revocation")).containsExactly(made.at("/id"));
        assertThat(Rows.events()).endsWith("token.revoked");
    }

    @Test
    void tokensComeInPages() {
        Api ada = SignedInUser.registers("ada").api();
        ada.post("/api/tokens", draft());
        clock.advance(Duration.ofSeconds(1));
        String latest = ada.post("/api/tokens", draft()).at("/id");

        Api.Answer first = ada.get("/api/tokens?limit=1");
        Api.Answer second = ada.get("/api/tokens?limit=1&cursor=" + first.at("/nextCursor"));

        assertThat(first.at("/items/0/id")).isEqualTo(latest);
        assertThat(second.json().get("nextCursor").isNull()).isTrue();
    }

    @Test
    void aSignInOlderThanTenMinutesNeedsThePassword() {
        Map<String, Object> wrong = Map.of("name", "build", "scopes", List.of("users:read"), "password", "a guess");
        Map<String, Object> right =
                Map.of("name", "build", "scopes", List.of("users:read"), "password", SignedInUser.PASSWORD);

        SignedInUser grace = SignedInUser.registers("grace");
        clock.advance(Duration.ofMinutes(10));
        Api.Answer without = grace.api().post("/api/tokens", draft());

        assertThat(without.status()).isEqualTo(403);
        assertThat(without.code()).isEqualTo("password-needed");
        assertThat(grace.api().post("/api/tokens", wrong).status()).isEqualTo(422);
        assertThat(grace.api().post("/api/tokens", right).status()).isEqualTo(201);
    }

    @Test
    void thereAreAtMostFifty() {
        Api ada = SignedInUser.registers("ada").api();
        for (int i = 0; i < PersonalToken.MAX_PER_USER; i++) {
            assertThat(ada.post("/api/tokens", draft()).status()).isEqualTo(201);
        }

        Api.Answer refused = ada.post("/api/tokens", draft());

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("too-many-tokens");
    }

    @Test
    void aPasswordChangeEndsThemIfAskedFor() {
        SignedInUser ada = SignedInUser.registers("ada");
        String secret = ada.api().post("/api/tokens", draft()).at("/secret");

        ada.api().put("/api/users/me/password", change(SignedInUser.PASSWORD, "another quiet tarn", false));
        int kept = SignedInUser.exchange("personal", secret).status();
        ada.api().put("/api/users/me/password", change("another quiet tarn", "a third quiet tarn", true));

        assertThat(kept).isEqualTo(200);
        assertThat(SignedInUser.exchange("personal", secret).status()).isEqualTo(404);
    }

    private static Map<String, Object> change(String present, String next, boolean endTokens) {
        return Map.of("currentPassword", present, "newPassword", next, "endTokens", endTokens);
    }
}
