package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tarn.gateway.Split.GATEWAY;
import static tarn.gateway.Split.withCookie;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.Eventually;

/// Who is asking, as the services get to know it.
@QuarkusTest
@WithTestResource(EchoingServices.class)
final class AuthenticationApiTest {

    private static String authorization(Api.Answer answer) {
        return answer.at("/headers/Authorization");
    }

    @Test
    void aCookieBecomesAnAccessToken() {
        Api.Answer answer = withCookie("good cookie").get("/api/tasks");

        assertThat(authorization(answer)).startsWith("Bearer ey");
        assertThat(answer.json().at("/headers/Cookie").isMissingNode()).isTrue();
    }

    @Test
    void aPersonalAccessTokenBecomesAnAccessToken() {
        Api.Answer answer = GATEWAY.bearer("tarn_pat_good").get("/api/tasks");

        assertThat(authorization(answer)).startsWith("Bearer ey");
        assertThat(answer.body()).doesNotContain("tarn_pat_");
    }

    @Test
    void anAccessTokenIsPassedOn() {
        String token = PretendIdentity.token("good token");

        assertThat(authorization(GATEWAY.bearer(token).get("/api/tasks"))).isEqualTo("Bearer " + token);
        assertThat(authorization(GATEWAY.bearer(token).get("/api/tasks"))).isEqualTo("Bearer " + token);
    }

    @Test
    void whoPresentsNothingGoesOnAsNobody() {
        assertThat(authorization(GATEWAY.get("/api/tasks"))).isEmpty();
    }

    @Test
    void manyFirstRequestsMakeOneExchange() {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> withCookie("good slow").get("/api/tasks").status(), threads));
            }
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        assertThat(Split.exchanges("good%20slow")).isEqualTo(1);
    }

    @Test
    void whatIsUnknownIsAskedForOnceASecond() {
        for (int i = 0; i < 5; i++) {
            Api.Answer answer = GATEWAY.bearer("tarn_pat_unknown").get("/api/tasks");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        }

        assertThat(Split.exchanges("tarn_pat_unknown")).isBetween(1, 2);
    }

    @Test
    void whatCanBeNoCredentialIsRefusedWithoutAsking() {
        assertThat(GATEWAY.bearer("not.a.token").get("/api/tasks").status()).isEqualTo(401);
        assertThat(GATEWAY.header("Authorization", "Basic YTpi")
                        .get("/api/tasks")
                        .status())
                .isEqualTo(401);
        assertThat(GATEWAY.header("Authorization", "Digest x").get("/api/tasks").status())
                .isEqualTo(401);
        assertThat(withCookie("good" + "x".repeat(300)).get("/api/tasks").status())
                .isEqualTo(401);
    }

    @Test
    void aCookieThatHasEndedIsClearedAndLocksNobodyOut() {
        Api.Answer refused = withCookie("ended").get("/api/tasks");
        Api.Answer open = withCookie("ended").get("/api/registration");
        Api.Answer signIn = Split.ownPage("ended").post("/api/sessions", "{}");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Set-Cookie"))
                .isEqualTo("__Host-tarn_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(authorization(signIn)).isEmpty();
        assertThat(signIn.status()).isEqualTo(200);
    }

    @Test
    void aTokenThatHasEndedLocksNobodyOut() {
        for (String ended : List.of("tarn_pat_ended", "not.a.token")) {
            Api stale = GATEWAY.bearer(ended);

            assertThat(stale.get("/api/tasks").status()).isEqualTo(401);
            for (String path : List.of("/api/sessions", "/api/sessions/refresh", "/api/users")) {
                Api.Answer open = stale.post(path, "{}");
                assertThat(open.status()).as(path).isEqualTo(200);
                assertThat(authorization(open)).isEmpty();
            }
        }
    }

    @Test
    void aCookieThatIdentitySetsIsNotCleared() {
        Api.Answer answer = Split.ownPage("ended").post("/api/sessions?status=204", "{}");

        assertThat(answer.headers().allValues("Set-Cookie"))
                .containsExactly("__Host-tarn_session=; Max-Age=0", "other=1");
    }

    @Test
    void aRevokedSessionEndsAtOnce() {
        String token = PretendIdentity.token("good but revoked");
        assertThat(withCookie("good but revoked").get("/api/tasks").status()).isEqualTo(200);
        assertThat(GATEWAY.bearer(token).get("/api/tasks").status()).isEqualTo(200);

        Split.tell("revoke", "good%20but%20revoked");

        Eventually.within(
                Duration.ofSeconds(5),
                () -> withCookie("good but revoked").get("/api/tasks").status() == 401);
        assertThat(GATEWAY.bearer(token).get("/api/tasks").status()).isEqualTo(401);
    }

    @Test
    void aTokenThatEndsSoonIsRenewedMeanwhile() {
        assertThat(withCookie("good short").get("/api/tasks").status()).isEqualTo(200);
        assertThat(withCookie("good short").get("/api/tasks").status()).isEqualTo(200);

        Eventually.within(Duration.ofSeconds(5), () -> Split.exchanges("good%20short") >= 2);
    }

    @Test
    void identityAwayIsNoReasonToForgetWhoIsKnown() {
        withCookie("good friend").get("/api/tasks");
        withCookie("good short friend").get("/api/tasks");

        Split.tell("broken", true);
        Api.Answer known = withCookie("good friend").get("/api/tasks");
        Api.Answer endingSoon = withCookie("good short friend").get("/api/tasks");
        Api.Answer unknown = withCookie("good stranger").get("/api/tasks");
        Split.tell("broken", false);

        assertThat(known.status()).isEqualTo(200);
        assertThat(endingSoon.status()).isEqualTo(200);
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(unknown.code()).isEqualTo("unavailable");
        assertThat(withCookie("good stranger").get("/api/tasks").status()).isEqualTo(200);
    }

    @Test
    void aTokenThatIdentityDidNotSignIsNobodys() {
        assertThat(withCookie("forged").get("/api/tasks").code()).isEqualTo("unavailable");
    }
}
