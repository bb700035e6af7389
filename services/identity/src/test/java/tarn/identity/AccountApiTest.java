package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SettableClock;

@IdentityTest
final class AccountApiTest {

    @Inject
    SettableClock clock;

    private SignedInUser admin;
    private SignedInUser ada;

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
        admin = SignedInUser.registers("admin");
        ada = SignedInUser.registers("ada");
    }

    private static String of(SignedInUser user, String what) {
        return "/api/users/" + user.id() + '/' + what;
    }

    private static Api.Answer signIn(SignedInUser user) {
        return SignedInUser.anonymous().post("/api/sessions", SignedInUser.credentials(user.email()));
    }

    private static int exchanged(SignedInUser user) {
        return SignedInUser.exchange("cookie", user.cookie()).status();
    }

    @Test
    void listsAccountsWithTheirLastUse() {
        clock.advance(Duration.ofHours(1));
        String now = clock.instant().toString();
        ada.api();

        Api.Answer all = admin.api().get("/api/users/accounts");
        Api.Answer byEmail =
                admin.api().get("/api/users/accounts?text=" + ada.email().substring(0, 4));

        assertThat(all.at("/items/0/name")).isEqualTo("ada");
        assertThat(all.at("/items/0/lastSeenAt")).isEqualTo(now);
        assertThat(all.at("/items/1/administrator")).isEqualTo("true");
        assertThat(byEmail.at("/items/0/email")).isEqualTo(ada.email());
        assertThat(byEmail.at("/items/1/id")).isEmpty();
        assertThat(ada.api().get("/api/users/accounts").status()).isEqualTo(403);
    }

    @Test
    void anAdministratorIsMadeAndUnmadeWithTheNextSignIn() {
        Api.Answer made = admin.api().put(of(ada, "administrator"));
        int former = exchanged(ada);
        SignedInUser again = ada.elsewhere();
        Api.Answer asAdministrator = again.api().get("/api/users/accounts");
        Api.Answer unmade = admin.api().delete(of(ada, "administrator"));

        assertThat(made.status()).isEqualTo(204);
        assertThat(former).isEqualTo(404);
        assertThat(asAdministrator.status()).isEqualTo(200);
        assertThat(unmade.status()).isEqualTo(204);
        assertThat(exchanged(again)).isEqualTo(404);
        assertThat(ada.elsewhere().api().get("/api/users/accounts").status()).isEqualTo(403);
    }

    @Test
    void aFormerAdministratorsAccessTokenDoesNothingInItsLastSecond() {
        admin.api().put(of(ada, "administrator"));
        Api former = ada.elsewhere().api();
        admin.api().delete(of(ada, "administrator"));

        assertThat(former.put(of(admin, "closure")).status()).isEqualTo(403);
        assertThat(former.delete(of(admin, "sessions")).status()).isEqualTo(403);
    }

    @Test
    void oneAdministratorStaysHoweverManyGoAtOnce() throws Exception {
        List<SignedInUser> all = new ArrayList<>(List.of(admin));
        for (int i = 0; i < 5; i++) {
            SignedInUser user = SignedInUser.registers("admin" + i);
            admin.api().put(of(user, "administrator"));
            all.add(user.elsewhere());
        }
        List<Api> apis = all.stream().map(SignedInUser::api).toList();

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                Api api = apis.get(i);
                String path = of(all.get(i), i % 2 == 0 ? "administrator" : "closure");
                answers.add(threads.submit(() -> path.endsWith("closure") ? api.put(path) : api.delete(path)));
            }
            for (Future<Api.Answer> answer : answers) {
                statuses.add(answer.get().status());
            }
        }

        assertThat(statuses).containsOnly(204, 409);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(1);
        assertThat(Rows.texts("select count(*) from app_user where administrator and closed_at is null"))
                .containsExactly("1");
    }

    @Test
    void aClosedAdministratorIsNotOneWhoIsLeft() {
        admin.api().put(of(ada, "administrator"));
        admin.api().put(of(ada, "closure"));

        Api.Answer closed = admin.api().put(of(admin, "closure"));
        Api.Answer unmade = admin.api().delete(of(admin, "administrator"));
        Api.Answer deleted = admin.api().post("/api/users/me/deletion", Map.of("password", SignedInUser.PASSWORD));

        assertThat(closed.code()).isEqualTo("last-administrator");
        assertThat(unmade.code()).isEqualTo("last-administrator");
        assertThat(deleted.code()).isEqualTo("last-administrator");
        assertThat(exchanged(admin)).isEqualTo(200);
    }

    @Test
    void aClosedAccountCannotSignInAndAllItHeldEnds() {
        Api.Answer tokens = SignedInUser.anonymous()
                .post(
                        "/api/sessions",
                        Map.of("email", ada.email(), "password", SignedInUser.PASSWORD, "grant", "token"));
        Api adas = ada.api();
        Api.Answer personal = adas.post("/api/tokens", Map.of("name", "cli", "scopes", List.of("users:read")));

        Api.Answer closed = admin.api().put(of(ada, "closure"));
        Api.Answer again = admin.api().put(of(ada, "closure"));

        assertThat(closed.status()).isEqualTo(204);
        assertThat(again.status()).isEqualTo(204);
        assertThat(exchanged(ada)).isEqualTo(404);
        assertThat(SignedInUser.exchange("personal", personal.at("/secret")).status())
                .isEqualTo(404);
        assertThat(SignedInUser.anonymous()
                        .post("/api/sessions/refresh", Map.of("refreshToken", tokens.at("/refreshToken")))
                        .status())
                .isEqualTo(401);
        assertThat(Rows.texts("select count(*) from revocation")).containsExactly("3");
        assertThat(signIn(ada).status()).isEqualTo(403);
        assertThat(signIn(ada).code()).isEqualTo("account-closed");
        assertThat(SignedInUser.anonymous()
                        .post("/api/sessions", Map.of("email", ada.email(), "password", "not the password"))
                        .code())
                .isEqualTo("wrong-credentials");
        assertThat(adas.post("/api/tokens", Map.of("name", "late", "scopes", List.of("users:read")))
                        .status())
                .isEqualTo(401);
        assertThat(admin.api().get("/api/users/" + ada.id()).at("/closed")).isEqualTo("true");
        assertThat(admin.api().get("/api/users/accounts").at("/items/0/closedAt"))
                .isNotEmpty();
    }

    @Test
    void aReopenedAccountSignsInWithItsPassword() {
        admin.api().put(of(ada, "closure"));

        Api.Answer reopened = admin.api().delete(of(ada, "closure"));

        assertThat(reopened.status()).isEqualTo(204);
        assertThat(signIn(ada).status()).isEqualTo(201);
    }

    @Test
    void whatAClosedAccountInvitedToHasEnded() {
        AgreeingTasks.owner = ada.id();
        Map<String, Object> toProject = Map.of("projectId", new UUID(1, 2), "role", "viewer");
        Api.Answer invitation = ada.api().post("/api/invitations", toProject);
        admin.api().put(of(ada, "closure"));
        Map<String, Object> secret = Map.of("secret", invitation.at("/secret"));

        assertThat(SignedInUser.anonymous()
                        .post("/api/invitations/offer", secret)
                        .code())
                .isEqualTo("invitation-ended");
        admin.api().delete(of(ada, "closure"));
        assertThat(SignedInUser.anonymous()
                        .post("/api/invitations/offer", secret)
                        .code())
                .isEqualTo("invitation-ended");
    }

    @Test
    void sessionsAndTokensEndForAnAdministratorOnly() {
        Api.Answer personal = ada.api().post("/api/tokens", Map.of("name", "cli", "scopes", List.of("users:read")));
        Api program = SignedInUser.anonymous()
                .bearer(SignedInUser.exchange("personal", personal.at("/secret"))
                        .at("/value"));

        Api.Answer byUser = ada.api().delete(of(ada, "sessions"));
        Api.Answer byProgram = admin.program("users:read").delete(of(ada, "sessions"));
        int before = exchanged(ada);
        Api.Answer ended = admin.api().delete(of(ada, "sessions"));
        Api.Answer unknown = admin.api().delete("/api/users/" + UUID.randomUUID() + "/sessions");

        assertThat(byUser.status()).isEqualTo(403);
        assertThat(byProgram.status()).isEqualTo(403);
        assertThat(before).isEqualTo(200);
        assertThat(ended.status()).isEqualTo(204);
        assertThat(exchanged(ada)).isEqualTo(404);
        assertThat(SignedInUser.exchange("personal", personal.at("/secret")).status())
                .isEqualTo(404);
        assertThat(program.get("/api/users/me").status())
                .as("only the gateway refuses it")
                .isEqualTo(200);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(signIn(ada).status()).isEqualTo(201);
    }
}
