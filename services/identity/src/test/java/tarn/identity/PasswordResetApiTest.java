package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SettableClock;

@IdentityTest
final class PasswordResetApiTest {

    private static final String NEXT = "granite under snow";

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

    private Api.Answer link() {
        return admin.api().post("/api/users/" + ada.id() + "/password-reset");
    }

    private static Api.Answer use(Api.Answer link, String password) {
        return SignedInUser.anonymous()
                .post("/api/password-resets", Map.of("secret", link.at("/secret"), "password", password));
    }

    private static Api.Answer preview(Api.Answer link) {
        return SignedInUser.anonymous().post("/api/password-resets/preview", Map.of("secret", link.at("/secret")));
    }

    private Api.Answer signIn(String password) {
        return SignedInUser.anonymous().post("/api/sessions", Map.of("email", ada.email(), "password", password));
    }

    @Test
    void theNewPasswordCountsAndAllSessionsHaveEnded() {
        Api.Answer personal = ada.api().post("/api/tokens", Map.of("name", "cli", "scopes", List.of("users:read")));
        Api.Answer link = link();

        Api.Answer used = use(link, NEXT);

        assertThat(link.status()).isEqualTo(201);
        assertThat(link.at("/secret")).startsWith("tarn_rst_").hasSize(52);
        assertThat(link.header("Cache-Control")).isEqualTo("no-store");
        assertThat(link.at("/expiresAt"))
                .isEqualTo(clock.instant().plus(Duration.ofHours(1)).toString());
        assertThat(used.status()).isEqualTo(204);
        assertThat(signIn(SignedInUser.PASSWORD).code()).isEqualTo("wrong-credentials");
        assertThat(signIn(NEXT).status()).isEqualTo(201);
        assertThat(SignedInUser.exchange("cookie", ada.cookie()).status()).isEqualTo(404);
        assertThat(SignedInUser.exchange("personal", personal.at("/secret")).status())
                .as("a token stays unless it is asked for")
                .isEqualTo(200);
        assertThat(use(link, NEXT).code()).isEqualTo("reset-ended");
        assertThat(Rows.texts("select r::text from password_reset r")).isEmpty();
    }

    @Test
    void theSecretIsKeptAsItsHashAlone() {
        Api.Answer link = link();

        assertThat(Rows.texts("select r::text from password_reset r").toString())
                .doesNotContain(link.at("/secret").substring(13));
        assertThat(Rows.texts("select payload::text from outbox").toString()).doesNotContain("tarn_rst_");
    }

    @Test
    void tokensEndWhenItIsAskedFor() {
        Api.Answer personal = ada.api().post("/api/tokens", Map.of("name", "cli", "scopes", List.of("users:read")));
        Map<String, Object> draft = Map.of("secret", link().at("/secret"), "password", NEXT, "endTokens", true);

        SignedInUser.anonymous().post("/api/password-resets", draft);

        assertThat(SignedInUser.exchange("personal", personal.at("/secret")).status())
                .isEqualTo(404);
    }

    @Test
    void aWeakPasswordDoesNotUseItUp() {
        Api.Answer link = link();

        Api.Answer weak = use(link, "password1234");

        assertThat(weak.code()).isEqualTo("weak-password");
        assertThat(weak.at("/errors/0/pointer")).isEqualTo("/password");
        assertThat(use(link, NEXT).status()).isEqualTo(204);
    }

    @Test
    void oneOfManyAtOnceUsesIt() throws Exception {
        Api.Answer link = link();

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Api.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String password = NEXT + i;
                answers.add(threads.submit(() -> use(link, password)));
            }
            for (Future<Api.Answer> answer : answers) {
                statuses.add(answer.get().status());
            }
        }

        assertThat(statuses).containsOnly(204, 409);
        assertThat(statuses.stream().filter(status -> status == 204)).hasSize(1);
    }

    @Test
    void itEndsWithItsHourWithTheNextOneAndWithTheAccount() {
        Api.Answer first = link();
        Api.Answer second = link();
        clock.advance(Duration.ofMinutes(61));
        Api.Answer late = use(second, NEXT);
        Api.Answer third = link();
        admin.elsewhere().api().put("/api/users/" + ada.id() + "/closure");
        Api.Answer closed = use(third, NEXT);
        Api.Answer refused = admin.elsewhere().api().post("/api/users/" + ada.id() + "/password-reset");

        assertThat(use(first, NEXT).code()).isEqualTo("reset-ended");
        assertThat(late.code()).isEqualTo("reset-ended");
        assertThat(closed.code()).isEqualTo("reset-ended");
        assertThat(refused.code()).isEqualTo("account-closed");
    }

    @Test
    void aPreviewTellsWhetherItCanBeUsedAndDoesNotUseIt() {
        Api.Answer replaced = link();
        Api.Answer used = link();

        Api.Answer live = preview(used);
        assertThat(live.status()).isEqualTo(200);
        assertThat(live.at("/expiresAt")).isEqualTo(used.at("/expiresAt"));
        assertThat(preview(replaced).code()).isEqualTo("reset-ended");
        assertThat(use(used, NEXT).status()).isEqualTo(204);
        assertThat(preview(used).code()).isEqualTo("reset-ended");

        Api.Answer expired = link();
        clock.advance(Duration.ofMinutes(61));
        assertThat(preview(expired).code()).isEqualTo("reset-ended");

        Api.Answer ofClosed = link();
        admin.elsewhere().api().put("/api/users/" + ada.id() + "/closure");
        assertThat(preview(ofClosed).code()).isEqualTo("reset-ended");
    }

    @Test
    void changingThePasswordEndsIt() {
        Api.Answer link = link();

        ada.api().put("/api/users/me/password", Map.of("currentPassword", SignedInUser.PASSWORD, "newPassword", NEXT));

        assertThat(use(link, "another granite").code()).isEqualTo("reset-ended");
    }
}
