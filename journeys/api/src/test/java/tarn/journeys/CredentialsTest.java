package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;

class CredentialsTest {

    /// Far below the lifetime of an access token, 5 minutes.
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void aBrowserSignsInByCookieAndOutAgain() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Api browser = browser(ada);

        assertThat(browser.get("/api/users/me").at("/email")).isEqualTo(ada.email());
        assertThat(browser.delete("/api/sessions/current").status()).isEqualTo(204);

        within(SOON, () -> browser.get("/api/users/me").status() == 401);
    }

    @Test
    void signingInAgainEndsTheBrowsersEarlierSession() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Api earlier = browser(ada);
        Api other = browser(ada);

        Api.Answer again = earlier.post("/api/sessions", Map.of("email", ada.email(), "password", Tarn.PASSWORD));

        assertThat(again.status()).as(again.toString()).isEqualTo(201);
        within(SOON, () -> earlier.get("/api/users/me").status() == 401);
        assertThat(other.get("/api/users/me").status()).isEqualTo(200);
        assertThat(ada.api().get("/api/users/me").status()).isEqualTo(200);
    }

    @Test
    void aCookieIsRefusedFromAnotherSite() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Api browser = browser(ada);
        Api elsewhere = browser.header("Origin", "https://evil.example.test");
        assertThat(browser.get("/api/users/me").status()).isEqualTo(200);

        Api.Answer written = elsewhere.post("/api/projects", Map.of("name", "Stolen"));
        Api.Answer removed = elsewhere.delete("/api/sessions/current");

        assertThat(written.status()).isEqualTo(403);
        assertThat(written.code()).isEqualTo("cross-site");
        assertThat(removed.code()).isEqualTo("cross-site");
        within(
                Duration.ofSeconds(5),
                () -> ada.api().get("/api/security-events").body().contains("cross-site-refused"));
    }

    @Test
    void endingASessionEndsItsAccessTokenAtOnce() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        String session = ada.api().get("/api/sessions").at("/items/0/id");

        assertThat(ada.api().delete("/api/sessions/" + session).status()).isEqualTo(204);

        within(SOON, () -> ada.api().get("/api/users/me").status() == 401);
    }

    @Test
    void closingAnAccountEndsAllItsCredentialsAtOnce() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Api browser = browser(ada);
        Api.Answer made = ada.api().post("/api/tokens", Map.of("name", "cli", "scopes", List.of("users:read")));
        Api program = Tarn.anonymous().bearer(made.at("/secret"));
        List<Api> all = List.of(ada.api(), browser, program);
        assertThat(all).allMatch(api -> api.get("/api/users/me").status() == 200);

        Api.Answer closed = Tarn.administrator().api().put("/api/users/" + ada.id() + "/closure");

        assertThat(closed.status()).as(closed.toString()).isEqualTo(204);
        within(SOON, () -> all.stream().allMatch(api -> api.get("/api/users/me").status() == 401));
    }

    @Test
    void aRefreshTokenRotates() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");

        Api.Answer renewed = Tarn.anonymous().post("/api/sessions/refresh", Map.of("refreshToken", ada.refreshToken()));

        assertThat(renewed.status()).as(renewed.toString()).isEqualTo(200);
        assertThat(renewed.at("/refreshToken")).isNotEqualTo(ada.refreshToken());
        assertThat(Tarn.anonymous()
                        .bearer(renewed.at("/accessToken"))
                        .get("/api/users/me")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPersonalTokenDoesWhatItsScopesSayUntilItIsRevoked() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Api.Answer made = ada.api().post("/api/tokens", Map.of("name", "cli", "scopes", List.of("tasks:read")));
        Api program = Tarn.anonymous().bearer(made.at("/secret"));

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.at("/secret")).startsWith("tarn_pat_");
        assertThat(program.get("/api/projects").status()).isEqualTo(200);
        assertThat(program.post("/api/projects", Map.of("name", "No")).status()).isEqualTo(403);
        assertThat(program.get("/api/tokens").status()).isEqualTo(403);

        assertThat(ada.api().delete("/api/tokens/" + made.at("/id")).status()).isEqualTo(204);
        within(SOON, () -> program.get("/api/projects").status() == 401);
    }

    @Test
    void unknownUsersAndWrongPasswordsGetTheSameAnswer() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");

        Api.Answer wrong =
                Tarn.anonymous().post("/api/sessions", Map.of("email", ada.email(), "password", "not the password"));
        Api.Answer unknown = Tarn.anonymous()
                .post("/api/sessions", Map.of("email", "nobody@example.test", "password", "not the password"));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(withoutTrace(unknown)).isEqualTo(withoutTrace(wrong));
    }

    @Test
    void aStaleCookieLocksNobodyOut() {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        Api stale = Tarn.anonymous().header("Cookie", "tarn_session=" + "A".repeat(43));

        assertThat(stale.get("/api/users/me").status()).isEqualTo(401);
        assertThat(stale.post("/api/sessions", Map.of("email", ada.email(), "password", Tarn.PASSWORD))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void fiftyOfOneOfficeRegisterAtOnce() throws Exception {
        Api office = Tarn.anonymous().header("X-Forwarded-For", "198.51.100.50");
        List<Future<Api.Answer>> answers = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                Map<String, Object> draft =
                        Map.of("name", "Office", "email", "office" + i + "@example.test", "password", Tarn.PASSWORD);
                answers.add(threads.submit(() -> office.post("/api/users", draft)));
            }
        }

        for (Future<Api.Answer> answer : answers) {
            assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(201);
        }
    }

    private static Api browser(Tarn.SignedInUser someone) {
        Api.Answer signedIn =
                Tarn.anonymous().post("/api/sessions", Map.of("email", someone.email(), "password", Tarn.PASSWORD));
        HttpCookie cookie = signedIn.cookie("tarn_session").orElseThrow();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(signedIn.body()).doesNotContain(cookie.getValue()).doesNotContain("accessToken\":\"");
        return Tarn.anonymous()
                .cookie(cookie.getName(), cookie.getValue())
                .header("Origin", Tarn.program().url().toString().replaceAll("/$", ""));
    }

    private static String withoutTrace(Api.Answer answer) {
        return answer.status() + answer.at("/code") + answer.at("/detail");
    }

    private static void within(Duration most, BooleanSupplier holds) {
        Instant end = Instant.now().plus(most);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).as("it took longer than " + most).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
