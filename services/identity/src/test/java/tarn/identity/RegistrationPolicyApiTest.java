package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@IdentityTest
final class RegistrationPolicyApiTest {

    @Inject
    RegistrationStore store;

    @Inject
    UserStore users;

    @Inject
    SecurityLog log;

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
    }

    @Test
    void theFirstUserAdministersAndTheSecondDoesNot() {
        Api.Answer first = SignedInUser.anonymous().post("/api/users", SignedInUser.draft("ada"));
        Api.Answer second = SignedInUser.anonymous().post("/api/users", SignedInUser.draft("grace"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Location")).endsWith("/api/users/" + first.at("/id"));
        assertThat(first.etag()).isEqualTo("\"1\"");
        assertThat(first.at("/administrator")).isEqualTo("true");
        assertThat(first.at("/timeZone")).isEqualTo("UTC");
        assertThat(first.body()).doesNotContain("password").doesNotContain("argon2");
        assertThat(second.at("/administrator")).isEqualTo("false");
        assertThat(Rows.events()).containsExactly("user.created", "user.created");
        assertThat(Rows.texts("select payload::text from outbox").toString()).doesNotContain("tarn.example");
    }

    @Test
    void ofManyFirstUsersAtOnceOneAdministers() throws Exception {
        List<Future<Api.Answer>> answers = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                String name = "user" + i;
                answers.add(
                        threads.submit(() -> SignedInUser.anonymous().post("/api/users", SignedInUser.draft(name))));
            }
        }

        for (Future<Api.Answer> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(201);
        }
        assertThat(Rows.texts("select name from app_user where administrator")).hasSize(1);
    }

    @Test
    void anAddressIsRegisteredOnce() {
        SignedInUser ada = SignedInUser.registers("ada");

        Api.Answer answer = SignedInUser.anonymous()
                .post("/api/users", SignedInUser.draft("Eve", ada.email().toUpperCase(Locale.ROOT)));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("email-taken");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/email");
    }

    @Test
    void refusesCommonPasswords() {
        Api.Answer answer = SignedInUser.anonymous()
                .post("/api/users", Map.of("name", "Ada", "email", "ada@tarn.example", "password", "Password2026!"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("weak-password");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/password");
    }

    @Test
    void saysWhetherOneMayRegister() {
        Api.Answer before = SignedInUser.anonymous().get("/api/registration");
        SignedInUser ada = SignedInUser.registers("ada");
        Api.Answer closed = ada.api().put("/api/registration", Map.of("open", false));
        Api.Answer refused = SignedInUser.anonymous().post("/api/users", SignedInUser.draft("grace"));
        Api.Answer open = ada.api().put("/api/registration", Map.of("open", true));
        Api.Answer taken = SignedInUser.anonymous().post("/api/users", SignedInUser.draft("grace"));

        assertThat(before.body()).isEqualTo("{\"open\":true,\"firstUser\":true,\"invitations\":\"owners\"}");
        assertThat(closed.body()).isEqualTo("{\"open\":false,\"firstUser\":false,\"invitations\":\"administrators\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("registration-closed");
        assertThat(open.at("/open")).isEqualTo("true");
        assertThat(taken.status()).isEqualTo(201);
        assertThat(Rows.events()).contains("registration.changed");
    }

    @Test
    void theFirstMayRegisterEvenWhenItIsClosed() {
        Rows.change("insert into setting values ('registration.open', 'false')");

        assertThat(SignedInUser.anonymous()
                        .post("/api/users", SignedInUser.draft("ada"))
                        .status())
                .isEqualTo(201);
        assertThat(SignedInUser.anonymous()
                        .post("/api/users", SignedInUser.draft("grace"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aChangeAndItsEventAreOneTransaction() {
        SignedInUser ada = SignedInUser.registers("ada");
        ada.api().post("/api/tokens", Map.of("name", "build", "scopes", List.of("users:read")));

        for (String table : List.of("app_user", "session", "personal_token")) {
            assertThat(Rows.texts("select r.xmin::text = e.tx::text from " + table
                            + " r join outbox e on e.aggregate_id = r.id"))
                    .as(table)
                    .containsExactly("t");
        }
    }

    @Test
    void theSettingBeginsAsConfigured() {
        SignedInUser.registers("ada");
        Registrations closed = new Registrations(store, users, log, Optional.of(Registrations.Initially.CLOSED));
        Registrations unsaid = new Registrations(store, users, log, Optional.empty());

        assertThat(closed.now())
                .isEqualTo(new RegistrationPolicy(false, false, RegistrationPolicy.Inviters.ADMINISTRATORS));
        assertThat(unsaid.now()).isEqualTo(new RegistrationPolicy(true, false, RegistrationPolicy.Inviters.OWNERS));
    }

    @Test
    void onlyAnAdministratorDecides() {
        SignedInUser ada = SignedInUser.registers("ada");
        SignedInUser grace = SignedInUser.registers("grace");

        assertThat(grace.api().put("/api/registration", Map.of("open", false)).status())
                .isEqualTo(403);
        assertThat(ada.program("users:read")
                        .put("/api/registration", Map.of("open", false))
                        .status())
                .isEqualTo(403);
        assertThat(SignedInUser.anonymous()
                        .put("/api/registration", Map.of("open", false))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void slowsDownWhoTriesOutAddresses() {
        SignedInUser ada = SignedInUser.registers("ada");
        Api guesser = SignedInUser.anonymous();

        Api.Answer last = guesser.post("/api/users", SignedInUser.draft("Eve", ada.email()));
        for (int i = 0; last.status() == 409 && i < 100; i++) {
            last = guesser.post("/api/users", SignedInUser.draft("Eve", ada.email()));
        }

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.header("Retry-After")).isNotEmpty();
    }
}
