package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.SettableClock;

@IdentityTest
final class RemoveExpiredApiTest {

    @Inject
    RemoveExpired removeExpired;

    @Inject
    SettableClock clock;

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
    }

    @Test
    void removesWhatTimeHasEndedAndNothingElse() {
        SignedInUser ada = SignedInUser.registers("ada");
        ada.api()
                .post(
                        "/api/tokens",
                        Map.of(
                                "name",
                                "short",
                                "scopes",
                                List.of("users:read"),
                                "expiresAt",
                                clock.instant().plusSeconds(60)));
        ada.api().post("/api/tokens", Map.of("name", "long", "scopes", List.of("users:read")));
        SignedInUser.anonymous()
                .post(
                        "/api/sessions",
                        Map.of("email", ada.email(), "password", SignedInUser.PASSWORD, "grant", "token"));
        ada.elsewhere().api().delete("/api/sessions/current");

        removeExpired.run();
        List<String> before = Rows.texts("select count(*) from session");
        clock.advance(Duration.ofDays(31));
        SignedInUser later = ada.elsewhere();
        removeExpired.run();

        assertThat(before).containsExactly("2");
        assertThat(Rows.texts("select count(*) from session")).containsExactly("1");
        assertThat(SignedInUser.exchange("cookie", later.cookie()).status()).isEqualTo(200);
        assertThat(Rows.texts("select name from personal_token")).containsExactly("long");
        assertThat(Rows.texts("select 1 from refresh_token")).isEmpty();
        assertThat(Rows.texts("select 1 from revocation")).isEmpty();
        assertThat(Rows.texts("select count(*) from outbox where payload->>'reason' = 'expired'"))
                .containsExactly("2");
    }
}
