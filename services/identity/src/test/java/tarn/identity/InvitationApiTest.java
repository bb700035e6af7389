package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SettableClock;

@IdentityTest
final class InvitationApiTest {

    private static final String PROJECT = UUID.randomUUID().toString();

    @Inject
    SettableClock clock;

    private SignedInUser admin;
    private SignedInUser ada;

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
        AgreeingTasks.status = 204;
        AgreeingTasks.admissionTime = Duration.ZERO;
        AgreeingTasks.ADMITTED.clear();
        AgreeingTasks.GONE.clear();
        admin = SignedInUser.registers("admin");
        ada = SignedInUser.registers("ada");
        AgreeingTasks.owner = ada.id();
    }

    private static Map<String, Object> toProject() {
        return Map.of("projectId", PROJECT, "role", "editor");
    }

    private static Map<String, Object> withSecret(Api.Answer invitation) {
        return Map.of("secret", invitation.at("/secret"));
    }

    private static Api.Answer accept(SignedInUser user, Api.Answer invitation) {
        return user.api().post("/api/invitations/acceptance", withSecret(invitation));
    }

    private static Api.Answer register(String name, Api.Answer invitation) {
        Map<String, Object> draft = new HashMap<>(SignedInUser.draft(name));
        draft.put("invitation", invitation.at("/secret"));
        return SignedInUser.anonymous().post("/api/users", draft);
    }

    @Test
    void theSecretIsShownOnceAndNotKept() {
        Api.Answer made = ada.api().post("/api/invitations", toProject());
        Api.Answer listed = ada.api().get("/api/invitations");

        String secret = made.at("/secret");
        assertThat(made.status()).isEqualTo(201);
        assertThat(secret).startsWith("tarn_inv_").hasSize(52);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.at("/expiresAt"))
                .isEqualTo(clock.instant().plus(Duration.ofDays(7)).toString());
        assertThat(listed.at("/items/0/id")).isEqualTo(made.at("/id"));
        assertThat(listed.at("/items/0/maxUses")).isEqualTo("1");
        assertThat(listed.body()).doesNotContain(secret);
        assertThat(Rows.texts("select i::text from invitation i").toString()).doesNotContain(secret.substring(13));
        assertThat(Rows.texts("select payload::text from outbox").toString()).doesNotContain("tarn_inv_");
    }

    @Test
    void makesAMemberOfWhoHasAnAccount() {
        Api.Answer made = ada.api().post("/api/invitations", toProject());
        SignedInUser grace = SignedInUser.registers("grace");

        Api.Answer offer = SignedInUser.anonymous().post("/api/invitations/offer", withSecret(made));
        Api.Answer accepted = accept(grace, made);
        Api.Answer again = accept(grace, made);
        Api.Answer another = accept(SignedInUser.registers("eve"), made);

        assertThat(offer.at("/creatorName")).isEqualTo("ada");
        assertThat(offer.at("/projectName")).isEqualTo("Hut");
        assertThat(offer.at("/role")).isEqualTo("editor");
        assertThat(offer.at("/registers")).isEqualTo("true");
        assertThat(accepted.at("/projectId")).isEqualTo(PROJECT);
        assertThat(again.at("/projectId")).isEqualTo(PROJECT);
        assertThat(another.status()).isEqualTo(409);
        assertThat(another.code()).isEqualTo("invitation-ended");
        assertThat(AgreeingTasks.ADMITTED).containsExactly(made.at("/id") + ":" + grace.id() + " editor");
        assertThat(Rows.events()).contains("invitation.created", "invitation.accepted");
    }

    @Test
    void ofManyAtOnceAsManyGetInAsItHasUses() throws Exception {
        Map<String, Object> draft = new HashMap<>(toProject());
        draft.put("maxUses", 3);
        Api.Answer made = ada.api().post("/api/invitations", draft);
        List<SignedInUser> crowd = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            crowd.add(SignedInUser.registers("user" + i));
        }

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> answers = crowd.stream()
                    .map(user -> threads.submit(() -> accept(user, made)))
                    .toList();
            for (Future<Api.Answer> answer : answers) {
                statuses.add(answer.get().status());
            }
        }

        assertThat(statuses).containsOnly(200, 409);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(3);
        assertThat(AgreeingTasks.ADMITTED).hasSize(3);
        assertThat(Rows.texts("select uses from invitation")).containsExactly("3");
    }

    @Test
    void whatAFaultCutOffIsCompletedByAcceptingAgain() {
        Api.Answer made = ada.api().post("/api/invitations", toProject());
        SignedInUser grace = SignedInUser.registers("grace");
        AgreeingTasks.status = 503;

        Api.Answer cutOff = accept(grace, made);
        AgreeingTasks.status = 204;
        Api.Answer completed = accept(grace, made);

        assertThat(cutOff.status()).isEqualTo(503);
        assertThat(completed.status()).isEqualTo(200);
        assertThat(AgreeingTasks.ADMITTED).hasSize(1);
        assertThat(Rows.texts("select uses from invitation")).containsExactly("1");
    }

    @Test
    void acceptingTwiceAtOnceIsAcceptingOnce() throws Exception {
        AgreeingTasks.admissionTime = Duration.ofMillis(300);
        Api.Answer made = ada.api().post("/api/invitations", toProject());
        SignedInUser grace = SignedInUser.registers("grace");

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> answers = Stream.generate(() -> threads.submit(() -> accept(grace, made)))
                    .limit(3)
                    .toList();
            for (Future<Api.Answer> answer : answers) {
                statuses.add(answer.get().status());
            }
        }

        assertThat(statuses).containsOnly(200);
        assertThat(AgreeingTasks.ADMITTED).hasSize(1);
    }

    @Test
    void whoIsAMemberAlreadyIsNotCounted() {
        Api.Answer made = ada.api().post("/api/invitations", toProject());
        SignedInUser grace = SignedInUser.registers("grace");
        accept(grace, made);
        clock.advance(Duration.ofSeconds(1));
        Api.Answer another = ada.api().post("/api/invitations", toProject());

        assertThat(accept(grace, another).status()).isEqualTo(200);
        assertThat(Rows.texts("select uses from invitation order by created_at"))
                .containsExactly("1", "0");
    }

    @Test
    void endsWithItsCreatorsRightToGiveIt() {
        Api.Answer made = ada.api().post("/api/invitations", toProject());
        SignedInUser grace = SignedInUser.registers("grace");
        AgreeingTasks.owner = "";

        assertThat(SignedInUser.anonymous()
                        .post("/api/invitations/offer", withSecret(made))
                        .code())
                .isEqualTo("invitation-ended");
        assertThat(accept(grace, made).code()).isEqualTo("invitation-ended");
        assertThat(Rows.texts("select uses from invitation")).containsExactly("0");
        assertThat(ada.api().post("/api/invitations", toProject()).status()).isEqualTo(404);
    }

    @Test
    void endsWhenItIsRevokedOrItsTimeIsUp() {
        Api.Answer revoked = ada.api().post("/api/invitations", toProject());
        Api.Answer expired = ada.api().post("/api/invitations", toProject());
        SignedInUser grace = SignedInUser.registers("grace");

        assertThat(grace.api().delete("/api/invitations/" + revoked.at("/id")).status())
                .isEqualTo(404);
        assertThat(ada.api().delete("/api/invitations/" + revoked.at("/id")).status())
                .isEqualTo(204);
        assertThat(admin.api().delete("/api/invitations/" + revoked.at("/id")).status())
                .isEqualTo(204);
        assertThat(accept(grace, revoked).code()).isEqualTo("invitation-ended");
        clock.advance(Duration.ofDays(8));
        assertThat(accept(grace, expired).code()).isEqualTo("invitation-ended");
        assertThat(accept(grace, ada.api().get("/api/invitations")).status()).isEqualTo(422);
        assertThat(grace.api()
                        .post("/api/invitations/acceptance", Map.of("secret", "tarn_inv_guess"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void letsInWithoutAnAccountWhileRegistrationIsClosedIfItsCreatorMay() {
        Api.Answer byOwner = ada.api().post("/api/invitations", toProject());
        Api.Answer byAdministrator = admin.api().post("/api/invitations", Map.of());
        admin.api().put("/api/registration", Map.of("open", false));

        Api.Answer refused = register("grace", byOwner);
        Api.Answer taken = register("grace", byAdministrator);
        Api.Answer usedUp = register("eve", byAdministrator);
        admin.api().put("/api/registration", Map.of("open", false, "invitations", "owners"));
        Api.Answer takenByOwner = register("eve", byOwner);

        assertThat(refused.code()).isEqualTo("invitation-ended");
        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.at("/administrator")).isEqualTo("false");
        assertThat(usedUp.code()).isEqualTo("invitation-ended");
        assertThat(takenByOwner.status()).isEqualTo(201);
        SignedInUser eve = SignedInUser.signsIn(takenByOwner.at("/email"));
        assertThat(eve.api().post("/api/invitations/offer", withSecret(byOwner)).at("/projectName"))
                .isEqualTo("Hut");
        assertThat(accept(eve, byOwner).at("/projectId")).isEqualTo(PROJECT);
    }

    @Test
    void administratorsAloneInviteToNoProject() {
        Api.Answer invitation = admin.api().post("/api/invitations", Map.of("maxUses", 2));

        assertThat(ada.api().post("/api/invitations", Map.of()).status()).isEqualTo(403);
        assertThat(register("grace", invitation).status()).isEqualTo(201);
        admin.api().put("/api/users/" + ada.id() + "/administrator");
        ada.elsewhere().api().delete("/api/users/" + admin.id() + "/administrator");
        assertThat(register("eve", invitation).code()).isEqualTo("invitation-ended");
    }

    @Test
    void registersNobodyWhenItsCreatorNoLongerOwnsTheProject() {
        admin.api().put("/api/registration", Map.of("open", false, "invitations", "owners"));
        Api.Answer invitation = ada.api().post("/api/invitations", toProject());
        AgreeingTasks.owner = "";

        Api.Answer refused = register("grace", invitation);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("invitation-ended");
        assertThat(Rows.texts("select uses from invitation")).containsExactly("0");
        AgreeingTasks.status = 503;
        assertThat(register("grace", invitation).code()).isEqualTo("unavailable");
        AgreeingTasks.status = 204;
        AgreeingTasks.owner = ada.id();
        assertThat(register("grace", invitation).status()).isEqualTo(201);
    }

    @Test
    void letsNobodyBackInWhoWasTakenOut() {
        Api.Answer invitation = ada.api().post("/api/invitations", toProject());
        SignedInUser grace = SignedInUser.registers("grace");
        accept(grace, invitation);
        AgreeingTasks.GONE.add(grace.id());

        assertThat(accept(grace, invitation).code()).isEqualTo("invitation-ended");
        assertThat(grace.api()
                        .post("/api/invitations/offer", withSecret(invitation))
                        .code())
                .isEqualTo("invitation-ended");
        assertThat(AgreeingTasks.ADMITTED).hasSize(1);
    }

    @Test
    void refusesWhatCannotBe() {
        Api api = ada.api();

        assertThat(api.post("/api/invitations", Map.of("projectId", PROJECT)).at("/errors/0/pointer"))
                .isEqualTo("/role");
        assertThat(api.post("/api/invitations", Map.of("maxUses", 0)).at("/errors/0/pointer"))
                .isEqualTo("/maxUses");
        assertThat(api.post("/api/invitations", Map.of("maxUses", 1_001)).status())
                .isEqualTo(422);
        assertThat(api.post("/api/invitations", Map.of("expiresAt", "2020-01-01T00:00:00Z"))
                        .at("/errors/0/pointer"))
                .isEqualTo("/expiresAt");
        assertThat(ada.program("users:read").post("/api/invitations", Map.of()).status())
                .isEqualTo(403);
    }
}
