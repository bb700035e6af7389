package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

@IdentityTest
final class UserDirectoryApiTest {

    @Inject
    UserStore users;

    private SignedInUser admin;
    private SignedInUser ada;
    private SignedInUser adam;
    private SignedInUser grace;

    @BeforeEach
    void ofFour() {
        Rows.forgetEverybody();
        AgreeingTasks.status = 204;
        AgreeingTasks.TEAM.clear();
        AgreeingTasks.FORMER.clear();
        admin = SignedInUser.registers("admin");
        ada = SignedInUser.registers("ada");
        adam = SignedInUser.registers("adam");
        grace = SignedInUser.registers("grace");
    }

    @Test
    void usersFindThemselvesAndThoseTheyShareAProjectWith() {
        AgreeingTasks.TEAM.addAll(List.of(ada.id(), grace.id()));

        assertThat(names(ada.api().get("/api/users"))).containsExactly("ada", "grace");
        assertThat(names(ada.api().get("/api/users?text=AD"))).containsExactly("ada");
        assertThat(names(ada.api().get("/api/users?text=" + grace.email().toUpperCase(Locale.ROOT))))
                .containsExactly("grace");
        assertThat(names(ada.api().get("/api/users?text=" + adam.email()))).isEmpty();
        assertThat(names(ada.api().get("/api/users?text=tarn.example"))).isEmpty();
        assertThat(names(ada.api().get("/api/users?text=%25"))).isEmpty();
        assertThat(names(adam.api().get("/api/users"))).containsExactly("adam");
    }

    @Test
    void administratorsFindEverybodyInASessionOnly() {
        assertThat(names(admin.api().get("/api/users"))).containsExactly("ada", "adam", "admin", "grace");
        assertThat(names(admin.program("users:read").get("/api/users"))).containsExactly("admin");
        assertThat(admin.api().get("/api/users/" + ada.id()).status()).isEqualTo(200);
        assertThat(admin.program("users:read").get("/api/users/" + ada.id()).status())
                .isEqualTo(404);
    }

    @Test
    void whoAcceptedAnInvitationIsFoundByItsCreatorAlsoWhenItIsNoLongerKept() {
        AgreeingTasks.owner = ada.id();
        Api.Answer invitation =
                ada.api().post("/api/invitations", Map.of("projectId", new UUID(1, 2), "role", "viewer"));
        grace.api().post("/api/invitations/acceptance", Map.of("secret", invitation.at("/secret")));
        Rows.change("delete from invitation");

        assertThat(names(ada.api().get("/api/users"))).containsExactly("ada", "grace");
        assertThat(ada.api().get("/api/users/" + grace.id()).status()).isEqualTo(200);
        assertThat(names(grace.api().get("/api/users"))).containsExactly("grace");
        assertThat(invitedBy(ada, grace).at("/name")).isEqualTo("grace");
        assertThat(invitedBy(grace, ada).status()).isEqualTo(404);
    }

    @Test
    void whoHasLeftIsKnownByIdAndNotFound() {
        AgreeingTasks.TEAM.addAll(List.of(ada.id(), grace.id()));
        AgreeingTasks.FORMER.add(adam.id());

        assertThat(names(ada.api().get("/api/users"))).containsExactly("ada", "grace");
        assertThat(names(ada.api().get("/api/users?id=" + adam.id() + "&id=" + ada.id() + "&id=" + admin.id())))
                .containsExactly("ada", "adam");
        assertThat(ada.api().get("/api/users/" + adam.id()).at("/name")).isEqualTo("adam");
        assertThat(names(adam.api().get("/api/users?id=" + ada.id()))).isEmpty();
    }

    @Test
    void closedAccountsAreLeftOutWhereTheyCannotBeChosen() {
        AgreeingTasks.TEAM.addAll(List.of(ada.id(), adam.id(), grace.id()));
        admin.api().put("/api/users/" + adam.id() + "/closure");

        assertThat(names(ada.api().get("/api/users?text=ad"))).containsExactly("ada", "adam");
        assertThat(names(ada.api().get("/api/users?text=ad&closed=false"))).containsExactly("ada");
        assertThat(names(ada.api().get("/api/users?closed=true"))).containsExactly("adam");
        assertThat(ada.api().get("/api/users?closed=maybe").status()).isEqualTo(400);
    }

    @Test
    void namesAreFoundByTheirWordsWithoutAccentsAndSortAsInADictionary() {
        rename(ada, "José Álvarez");
        rename(adam, "Zoe 10");
        rename(grace, "zoe 9");

        assertThat(names(admin.api().get("/api/users"))).containsExactly("admin", "José Álvarez", "zoe 9", "Zoe 10");
        assertThat(names(admin.api().get("/api/users?text=alvarez%20jo"))).containsExactly("José Álvarez");
        assertThat(names(admin.api().get("/api/users/accounts?text=jose"))).containsExactly("José Álvarez");
    }

    @Test
    void namesOfBeforeAreComputedInTheBackground() {
        rename(ada, "José Álvarez");
        Rows.change("update app_user set search = '', name_key = ''");
        Rows.change("update derived_columns set rules = 0");

        users.refreshDerivedColumns();

        assertThat(names(admin.api().get("/api/users?text=alvarez"))).containsExactly("José Álvarez");
        assertThat(names(admin.api().get("/api/users"))).containsExactly("adam", "admin", "grace", "José Álvarez");
    }

    @Test
    void aStrangerIsLikeWhoIsNotThere() {
        Api.Answer stranger = ada.api().get("/api/users/" + grace.id());
        Api.Answer nobody = ada.api().get("/api/users/" + new UUID(1, 2));

        assertThat(stranger.status()).isEqualTo(404);
        assertThat(stranger.code()).isEqualTo(nobody.code());
        assertThat(stranger.at("/detail")).isEqualTo(nobody.at("/detail"));
        assertThat(names(ada.api().get("/api/users?id=" + grace.id()))).isEmpty();
    }

    @Test
    void oneselfIsFoundWhileTasksIsSilentAndOthersAreUnavailable() {
        AgreeingTasks.status = 503;

        assertThat(ada.api().get("/api/users/" + ada.id()).status()).isEqualTo(200);
        assertThat(ada.api().get("/api/users/" + grace.id()).status()).isEqualTo(503);
        assertThat(ada.api().get("/api/users").code()).isEqualTo("unavailable");
        assertThat(admin.api().get("/api/users").status()).isEqualTo(200);
    }

    @Test
    void theDirectoryComesInPages() {
        AgreeingTasks.TEAM.addAll(List.of(ada.id(), adam.id(), grace.id()));

        Api.Answer first = ada.api().get("/api/users?limit=2");
        Api.Answer second = ada.api().get("/api/users?limit=2&cursor=" + first.at("/nextCursor"));

        assertThat(names(first)).containsExactly("ada", "adam");
        assertThat(names(second)).containsExactly("grace");
        assertThat(second.json().get("nextCursor").isNull()).isTrue();
    }

    private static void rename(SignedInUser user, String name) {
        assertThat(user.api().patch("/api/users/me", Map.of("name", name)).status())
                .isEqualTo(200);
    }

    private static Api.Answer invitedBy(SignedInUser inviter, SignedInUser user) {
        return SignedInUser.service("tasks")
                .get("/internal/identity/users/" + user.id() + "?invitedBy=" + inviter.id());
    }

    private static List<String> names(Api.Answer page) {
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        page.json().get("items").forEach(item -> names.add(item.get("name").asText()));
        return names;
    }
}
