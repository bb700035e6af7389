package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SettableClock;

@IdentityTest
final class SecurityEventApiTest {

    @Inject
    SettableClock clock;

    @Inject
    SecurityLog log;

    @Inject
    RemoveExpired removeExpired;

    private SignedInUser admin;
    private SignedInUser ada;

    @BeforeEach
    void empty() {
        log.write();
        Rows.forgetEverybody();
        Rows.change("delete from security_event");
        admin = SignedInUser.registers("admin");
        ada = SignedInUser.registers("ada");
    }

    /// Kind, reason and count of each line, newest first.
    private List<String> lines(SignedInUser reader, String query) {
        log.write();
        Api.Answer answer = reader.api().get("/api/security-events" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        List<String> lines = new ArrayList<>();
        for (int i = 0; !answer.at("/items/" + i + "/id").isEmpty(); i++) {
            String at = "/items/" + i;
            lines.add(answer.at(at + "/kind") + ' ' + answer.at(at + "/reason") + ' ' + answer.at(at + "/count"));
        }
        return lines;
    }

    private static void signIn(Api api, String email, String password) {
        api.post("/api/sessions", Map.of("email", email, "password", password));
    }

    @Test
    void failedSignInsAreLoggedWithAccountAndAddress() {
        Api attacker = Api.here().header("X-Forwarded-For", "203.0.113.7");
        signIn(attacker, ada.email(), "not the password");
        signIn(attacker, "nobody@tarn.example", "not the password");

        List<String> all = lines(admin, "");
        Api.Answer own = ada.api().get("/api/security-events");

        assertThat(all)
                .containsExactlyInAnyOrder("sign-in-failed unknown-account 1", "sign-in-failed wrong-password 1");
        assertThat(own.at("/items/0/userId")).isEqualTo(ada.id());
        assertThat(own.at("/items/0/userName")).isEqualTo("ada");
        assertThat(own.at("/items/0/address")).isEqualTo("203.0.113.7");
        assertThat(own.at("/items/1/id")).isEmpty();
    }

    @Test
    void tooManyAttemptsAreLoggedAsThrottled() {
        Api attacker = Api.here().header("X-Forwarded-For", "203.0.113.8");
        for (int i = 0; i < 11; i++) {
            signIn(attacker, ada.email(), "not the password");
        }

        assertThat(lines(ada, "")).hasSize(11).contains("throttled  1");
    }

    @Test
    void whatAnAdministratorDidIsSeenByItsUserWithoutTheAddress() {
        ada.api().post("/api/tokens", Map.of("name", "cli", "scopes", List.of("users:read")));
        AgreeingTasks.owner = ada.id();
        ada.api().post("/api/invitations", Map.of("projectId", new UUID(1, 2), "role", "viewer"));
        admin.api().put("/api/users/" + ada.id() + "/administrator");
        ada.elsewhere();
        admin.api().put("/api/users/" + ada.id() + "/closure");
        admin.api().delete("/api/users/" + ada.id() + "/closure");
        admin.api().delete("/api/users/" + ada.id() + "/administrator");
        clock.advance(Duration.ofSeconds(1));
        Api.Answer link = admin.api().post("/api/users/" + ada.id() + "/password-reset");
        SignedInUser again = ada.elsewhere();

        List<String> own = lines(again, "");
        Api.Answer answer = again.api().get("/api/security-events");

        assertThat(link.status()).isEqualTo(201);
        assertThat(own)
                .containsExactlyInAnyOrder(
                        "token-created  1",
                        "invited viewer 1",
                        "role-changed administrator 1",
                        "session-ended role-changed 1",
                        "account-closed  1",
                        "session-ended account-closed 1",
                        "token-revoked  1",
                        "account-reopened  1",
                        "role-changed user 1",
                        "password-reset-created  1");
        assertThat(answer.at("/items/0/actorName")).isEqualTo("admin");
        assertThat(answer.at("/items/0/address")).isEmpty();
        assertThat(admin.api().get("/api/security-events?user=" + ada.id()).at("/items/0/address"))
                .isNotEmpty();
    }

    @Test
    void aChangeOfRegistrationSaysWhoAndWhatToAndIsForAdministrators() {
        for (Map<String, Object> setting : List.<Map<String, Object>>of(
                Map.of("open", false),
                Map.of("open", false, "invitations", "administrators"),
                Map.of("open", false, "invitations", "owners"),
                Map.of("open", true))) {
            admin.api().put("/api/registration", setting);
            clock.advance(Duration.ofSeconds(1));
        }

        List<String> all = lines(admin, "");
        Api.Answer last = admin.api().get("/api/security-events?limit=1");

        assertThat(all)
                .containsExactly(
                        "registration-changed open-owners 1",
                        "registration-changed closed-owners 1",
                        "registration-changed closed-administrators 1");
        assertThat(last.at("/items/0/actorId")).isEqualTo(admin.id());
        assertThat(last.at("/items/0/userId")).isEmpty();
        assertThat(lines(ada, "")).isEmpty();
    }

    @Test
    void whatWasRefusedIsNotLogged() {
        admin.api().delete("/api/users/" + admin.id() + "/administrator");

        assertThat(lines(admin, "")).isEmpty();
    }

    @Test
    void nobodyReadsAboutOthersButAdministratorsInASession() {
        signIn(SignedInUser.anonymous(), admin.email(), "not the password");

        assertThat(lines(ada, "?user=" + admin.id())).isEmpty();
        assertThat(lines(ada, "")).isEmpty();
        assertThat(lines(admin, "?user=" + admin.id())).hasSize(1);
        assertThat(admin.program("users:read").get("/api/security-events").status())
                .isEqualTo(403);
    }

    @Test
    void ofManyInOneSecondTwentyAreLinesAndTheRestIsCounted() {
        Map<String, Object> refusal = Map.of("items", List.of(Map.of("address", "203.0.113.9", "count", 1)));
        Api gateway = SignedInUser.service();
        for (int i = 0; i < 25; i++) {
            gateway.post("/internal/identity/cross-site-refusals", refusal);
        }
        gateway.post(
                "/internal/identity/cross-site-refusals",
                Map.of("items", List.of(Map.of("address", "203.0.113.10", "count", 3, "userId", ada.id()))));
        clock.advance(Duration.ofSeconds(1));

        List<String> all = lines(admin, "?limit=100");

        assertThat(all).hasSize(22).contains("cross-site-refused  5", "cross-site-refused  3");
        assertThat(lines(ada, "")).containsExactly("cross-site-refused  3");
    }

    @Test
    void linesAreKept180Days() {
        signIn(SignedInUser.anonymous(), ada.email(), "not the password");
        log.write();
        clock.advance(Duration.ofDays(179));
        removeExpired.run();
        List<String> before = Rows.texts("select kind from security_event");
        clock.advance(Duration.ofDays(2));
        removeExpired.run();

        assertThat(before).containsExactly("sign-in-failed");
        assertThat(Rows.texts("select kind from security_event")).isEmpty();
    }
}
