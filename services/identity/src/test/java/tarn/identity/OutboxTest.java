package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.EventLog;
import tarn.testing.TestDatabase;

@IdentityTest
final class OutboxTest {

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
        AgreeingTasks.status = 204;
    }

    @Test
    void everyTypeIsAsItsGoldenFileSaysAndReplayedTheyGiveTheAccountsThatThereAre() {
        SignedInUser ada = SignedInUser.registers("ada");
        SignedInUser grace = SignedInUser.registers("grace");
        ada.api().put("/api/registration", Map.of("open", true));
        ada.api().patch("/api/users/me", Map.of("name", "Ada Lovelace", "timeZone", "Europe/London"));
        String token = ada.api()
                .post("/api/tokens", Map.of("name", "build", "scopes", List.of("tasks:read")))
                .at("/id");
        ada.api().delete("/api/tokens/" + token);
        Api.Answer invitation = ada.api().post("/api/invitations", Map.of("maxUses", 2));
        grace.api().post("/api/invitations/acceptance", Map.of("secret", invitation.at("/secret")));
        ada.api().delete("/api/invitations/" + invitation.at("/id"));
        ada.api()
                .put(
                        "/api/users/me/password",
                        Map.of("currentPassword", SignedInUser.PASSWORD, "newPassword", "another quiet tarn"));
        ada.api().delete("/api/sessions/current");
        grace.api().post("/api/users/me/deletion", Map.of("password", SignedInUser.PASSWORD));

        EventLog log = EventLog.of(TestDatabase.url(), "identity");
        Set<String> types =
                new TreeSet<>(EventLog.contractTypes(Set.of("user", "session", "token", "registration", "invitation")));
        types.remove("user.snapshot");
        assertThat(log.types()).isEqualTo(types);
        assertThat(log.differencesFromExamples()).isEmpty();
        assertThat(log.breaches()).isEmpty();
        assertThat(log.untold(TestDatabase.url())).isEmpty();
        assertThat(log.differences(TestDatabase.url(), DatabaseResource.DIGEST_KEY))
                .isEmpty();
    }
}
