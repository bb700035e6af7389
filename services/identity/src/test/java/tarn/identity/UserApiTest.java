package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@IdentityTest
final class UserApiTest {

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
        AgreeingTasks.status = 204;
        AgreeingTasks.REMOVED.clear();
        AgreeingTasks.TEAM.clear();
        AgreeingTasks.FORMER.clear();
    }

    @Test
    void aUserSeesTheirOwnAccount() {
        SignedInUser ada = SignedInUser.registers("ada");

        Api.Answer me = ada.api().get("/api/users/me");

        assertThat(me.status()).isEqualTo(200);
        assertThat(me.at("/id")).isEqualTo(ada.id());
        assertThat(me.at("/email")).isEqualTo(ada.email());
        assertThat(me.json().size()).isEqualTo(8);
        assertThat(ada.api().ifNoneMatch(me.etag()).get("/api/users/me").status())
                .isEqualTo(304);
        assertThat(ada.program("users:read").get("/api/users/me").at("/id")).isEqualTo(ada.id());
    }

    @Test
    void othersSeeTheNameAndWhetherTheAccountIsClosed() {
        SignedInUser ada = SignedInUser.registers("ada");
        SignedInUser grace = SignedInUser.registers("grace");
        AgreeingTasks.TEAM.addAll(List.of(ada.id(), grace.id()));

        Api.Answer seen = grace.api().get("/api/users/" + ada.id());

        assertThat(seen.body()).isEqualTo("{\"id\":\"" + ada.id() + "\",\"name\":\"ada\",\"closed\":false}");
    }

    @Test
    void whoIsNotThereIsNotFound() {
        Api ada = SignedInUser.registers("ada").api();

        assertThat(ada.get("/api/users/" + new UUID(1, 2)).status()).isEqualTo(404);
        assertThat(ada.get("/api/users/nobody").code()).isEqualTo("not-found");
    }

    @Test
    void aUserChangesTheirProfile() {
        SignedInUser ada = SignedInUser.registers("ada");

        Api.Answer changed = ada.api()
                .ifMatch("\"1\"")
                .patch("/api/users/me", Map.of("name", "Ada Lovelace", "timeZone", "Europe/London"));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.etag()).isEqualTo("\"2\"");
        assertThat(changed.at("/name")).isEqualTo("Ada Lovelace");
        assertThat(changed.at("/timeZone")).isEqualTo("Europe/London");
        assertThat(Rows.texts(
                        "select concat_ws(' ', payload #>> '{name,length}', payload ->> 'timeZone', payload ->> 'version')"
                                + " from outbox where type = 'user.changed'"))
                .containsExactly("12 Europe/London 2");
    }

    @Test
    void changingNothingIsNoChange() {
        SignedInUser ada = SignedInUser.registers("ada");

        Api.Answer answer = ada.api().patch("/api/users/me", Map.of("name", "ada"));

        assertThat(answer.etag()).isEqualTo("\"1\"");
        assertThat(Rows.events()).doesNotContain("user.changed");
    }

    @Test
    void aStaleVersionChangesNothing() {
        SignedInUser ada = SignedInUser.registers("ada");
        ada.api().patch("/api/users/me", Map.of("name", "Ada Lovelace"));

        Api.Answer answer = ada.api().ifMatch("\"1\"").patch("/api/users/me", Map.of("name", "Eve"));

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.code()).isEqualTo("version-mismatch");
        assertThat(ada.api().get("/api/users/me").at("/name")).isEqualTo("Ada Lovelace");
    }

    @Test
    void aNewPasswordEndsAllOtherSessions() {
        SignedInUser here = SignedInUser.registers("ada");
        SignedInUser there = here.elsewhere();

        Api.Answer answer = here.api()
                .put(
                        "/api/users/me/password",
                        Map.of("currentPassword", SignedInUser.PASSWORD, "newPassword", "another quiet tarn"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(SignedInUser.exchange("cookie", here.cookie()).status()).isEqualTo(200);
        assertThat(SignedInUser.exchange("cookie", there.cookie()).status()).isEqualTo(404);
        assertThat(SignedInUser.anonymous()
                        .post("/api/sessions", SignedInUser.credentials(here.email()))
                        .status())
                .isEqualTo(401);
        assertThat(SignedInUser.anonymous()
                        .post("/api/sessions", Map.of("email", here.email(), "password", "another quiet tarn"))
                        .status())
                .isEqualTo(201);
        assertThat(Rows.events()).contains("user.password-changed", "session.ended");
        assertThat(Rows.texts("select 1 from revocation")).hasSize(1);
    }

    @Test
    void aNewPasswordNeedsThePresentOneAndMustBeGood() {
        SignedInUser ada = SignedInUser.registers("ada");

        Api.Answer wrong = ada.api()
                .put(
                        "/api/users/me/password",
                        Map.of("currentPassword", "not my password", "newPassword", "another quiet tarn"));
        Api.Answer weak = ada.api()
                .put(
                        "/api/users/me/password",
                        Map.of("currentPassword", SignedInUser.PASSWORD, "newPassword", "iloveyou2026"));

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.code()).isEqualTo("wrong-password");
        assertThat(wrong.at("/errors/0/pointer")).isEqualTo("/currentPassword");
        assertThat(weak.code()).isEqualTo("weak-password");
        assertThat(weak.at("/errors/0/pointer")).isEqualTo("/newPassword");
    }

    @Test
    void anAccountIsDeletedWithAllThatProvesIt() {
        SignedInUser ada = SignedInUser.registers("ada");
        SignedInUser grace = SignedInUser.registers("grace");
        Api.Answer token = grace.api().post("/api/tokens", Map.of("name", "ci", "scopes", List.of("users:read")));

        Api.Answer wrong = grace.api().post("/api/users/me/deletion", Map.of("password", "not my password"));
        Api before = grace.api();
        Api.Answer done = before.post("/api/users/me/deletion", Map.of("password", SignedInUser.PASSWORD));

        assertThat(wrong.code()).isEqualTo("wrong-password");
        assertThat(wrong.at("/errors/0/pointer")).isEqualTo("/password");
        assertThat(done.status()).isEqualTo(204);
        assertThat(done.cookie("tarn_session").orElseThrow().getMaxAge()).isZero();
        assertThat(SignedInUser.exchange("cookie", grace.cookie()).status()).isEqualTo(404);
        assertThat(SignedInUser.exchange("personal", token.at("/secret")).status())
                .isEqualTo(404);
        assertThat(before.get("/api/users/me").status()).isEqualTo(401);
        assertThat(before.patch("/api/users/me", Map.of("name", "Ghost")).status())
                .isEqualTo(401);
        assertThat(before.post("/api/tokens", Map.of("name", "x", "scopes", List.of("users:read")))
                        .status())
                .isEqualTo(401);
        assertThat(ada.api().get("/api/users/" + grace.id()).status()).isEqualTo(404);
        assertThat(Rows.texts("select 1 from revocation")).hasSize(2);
        assertThat(Rows.events()).contains("user.deleted");
        assertThat(AgreeingTasks.REMOVED).containsExactly(grace.id());
    }

    @Test
    void anAccountStaysWhileItsProjectsNeedIt() {
        SignedInUser.registers("ada");
        SignedInUser grace = SignedInUser.registers("grace");

        AgreeingTasks.status = 409;
        Api.Answer needed = grace.api().post("/api/users/me/deletion", Map.of("password", SignedInUser.PASSWORD));
        AgreeingTasks.status = 503;
        Api.Answer unknown = grace.api().post("/api/users/me/deletion", Map.of("password", SignedInUser.PASSWORD));

        assertThat(needed.status()).isEqualTo(409);
        assertThat(needed.code()).isEqualTo("last-owner");
        assertThat(needed.at("/detail")).isEqualTo("Others need one.");
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(grace.api().get("/api/users/me").status()).isEqualTo(200);
        assertThat(Rows.events()).doesNotContain("user.deleted");
    }

    @Test
    void theLastAdministratorStaysWhileThereAreOthers() {
        SignedInUser ada = SignedInUser.registers("ada");
        SignedInUser grace = SignedInUser.registers("grace");

        Api.Answer refused = ada.api().post("/api/users/me/deletion", Map.of("password", SignedInUser.PASSWORD));
        grace.api().post("/api/users/me/deletion", Map.of("password", SignedInUser.PASSWORD));
        Api.Answer done = ada.api().post("/api/users/me/deletion", Map.of("password", SignedInUser.PASSWORD));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("last-administrator");
        assertThat(AgreeingTasks.REMOVED).containsExactly(grace.id(), ada.id());
        assertThat(done.status()).isEqualTo(204);
        assertThat(SignedInUser.anonymous().get("/api/registration").at("/firstUser"))
                .isEqualTo("true");
    }

    @Test
    void guessingThePresentPasswordIsSlowedDown() {
        Api ada = SignedInUser.registers("ada").api();

        Api.Answer last = ada.post("/api/users/me/deletion", Map.of("password", "not my password"));
        for (int i = 0; last.status() == 422 && i < 100; i++) {
            last = ada.post("/api/users/me/deletion", Map.of("password", "not my password"));
        }

        assertThat(last.status()).isEqualTo(429);
    }
}
