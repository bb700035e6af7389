package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SettableClock;

@IdentityTest
final class SessionApiTest {

    /// Of [SignedInUser#PASSWORD], with far less memory than is asked for.
    private static final String CHEAP =
            "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$XyUeU6qaJi0zOWfc3KIAekCH4M1s0CYEKRDs9Ok1lyw";

    @Inject
    SettableClock clock;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void empty() {
        Rows.forgetEverybody();
    }

    private static Api.Answer signInForTokens(SignedInUser user) {
        return SignedInUser.anonymous()
                .post(
                        "/api/sessions",
                        Map.of("email", user.email(), "password", SignedInUser.PASSWORD, "grant", "token"));
    }

    private static Api.Answer refresh(String token) {
        return SignedInUser.anonymous().post("/api/sessions/refresh", Map.of("refreshToken", token));
    }

    @Test
    void aBrowserGetsACookieAndNoToken() {
        SignedInUser ada = SignedInUser.registers("ada");

        Api.Answer answer = SignedInUser.anonymous()
                .post("/api/sessions", SignedInUser.credentials(ada.email().toUpperCase(Locale.ROOT)));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.at("/user/id")).isEqualTo(ada.id());
        assertThat(answer.at("/session/current")).isEqualTo("true");
        assertThat(answer.body()).doesNotContain("oken\"").doesNotContain(SignedInUser.cookieOf(answer));
        assertThat(answer.header("Set-Cookie"))
                .startsWith("tarn_session=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=15552000")
                .doesNotContain("Domain");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(SignedInUser.cookieOf(answer)).hasSize(43);
        assertThat(Rows.texts("select encode(secret_hash, 'base64') from session where secret_hash is null"))
                .isEmpty();
        assertThat(Rows.events()).containsExactly("user.created", "session.created", "session.created");
    }

    @Test
    void whereThereIsTlsTheCookieIsBoundToTheHost() {
        SessionResource.Cookie cookie = new SessionResource.Cookie(URI.create("https://tarn.example"));

        NewCookie held = cookie.holding(OpaqueSecret.presented("secret"));

        assertThat(held.getName()).isEqualTo("__Host-tarn_session");
        assertThat(held.isSecure()).isTrue();
        assertThat(held.getDomain()).isNull();
        assertThat(cookie.gone().getMaxAge()).isZero();
    }

    @Test
    void anApiClientGetsTokensAndNoCookie() {
        SignedInUser ada = SignedInUser.registers("ada");

        Api.Answer answer = signInForTokens(ada);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.json().get("expiresIn").asInt()).isBetween(298, 300);
        assertThat(SignedInUser.anonymous()
                        .bearer(answer.at("/accessToken"))
                        .get("/api/users/me")
                        .at("/id"))
                .isEqualTo(ada.id());
    }

    @Test
    void unknownUserAndWrongPasswordAreAlikeInTextAndWork() {
        SignedInUser ada = SignedInUser.registers("ada");
        long before = metrics.get("tarn.password.checks").timer().count();

        Api.Answer wrong = SignedInUser.anonymous()
                .post("/api/sessions", Map.of("email", ada.email(), "password", "not my password"));
        long afterWrong = metrics.get("tarn.password.checks").timer().count();
        Api.Answer unknown = SignedInUser.anonymous()
                .post("/api/sessions", Map.of("email", "nobody@tarn.example", "password", "not my password"));
        long afterUnknown = metrics.get("tarn.password.checks").timer().count();

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("wrong-credentials");
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(unknown.header("Set-Cookie")).isEmpty();
        assertThat(afterWrong - before).isEqualTo(1);
        assertThat(afterUnknown - afterWrong).isEqualTo(1);
    }

    @Test
    void aWordThatIsNoAddressIsJustUnknown() {
        assertThat(SignedInUser.anonymous()
                        .post("/api/sessions", Map.of("email", "", "password", ""))
                        .code())
                .isEqualTo("wrong-credentials");
    }

    @Test
    void guessingIsSlowedDownAndTheOwnerIsNotLockedOut() {
        SignedInUser ada = SignedInUser.registers("ada");
        Api home = SignedInUser.anonymous();
        home.post("/api/sessions", SignedInUser.credentials(ada.email()));

        Api.Answer last = guess(ada.email());
        for (int i = 0; last.status() == 401 && i < 100; i++) {
            last = guess(ada.email());
        }
        Api.Answer owner = home.post("/api/sessions", SignedInUser.credentials(ada.email()));
        clock.advance(Duration.ofSeconds(10));
        Api.Answer afterAWhile = SignedInUser.anonymous().post("/api/sessions", SignedInUser.credentials(ada.email()));

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.code()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 10);
        assertThat(owner.status()).isEqualTo(201);
        assertThat(afterAWhile.status()).isEqualTo(201);
    }

    private static Api.Answer guess(String email) {
        return SignedInUser.anonymous().post("/api/sessions", Map.of("email", email, "password", "not my password"));
    }

    @Test
    void aPasswordHashedWithLessIsHashedAnewAtSignIn() {
        SignedInUser ada = SignedInUser.registers("ada");
        Rows.change("update app_user set password_hash = '" + CHEAP + "'");

        Api.Answer answer = SignedInUser.anonymous().post("/api/sessions", SignedInUser.credentials(ada.email()));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(Rows.texts("select password_hash from app_user").getFirst())
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(SignedInUser.anonymous()
                        .post("/api/sessions", SignedInUser.credentials(ada.email()))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aUserSeesTheirSessionsAndNobodyElses() {
        SignedInUser grace = SignedInUser.registers("grace");
        SignedInUser ada = SignedInUser.registers("ada");
        clock.advance(Duration.ofSeconds(1));
        SignedInUser other = ada.elsewhere();

        JsonNode sessions = other.api().get("/api/sessions").json().get("items");

        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).get("current").asBoolean()).isTrue();
        assertThat(sessions.get(1).get("current").asBoolean()).isFalse();
        assertThat(sessions.get(1).get("userAgent").asText()).isEqualTo("Test/1");
        assertThat(sessions.get(1).get("address").asText()).startsWith("10.0.");
        assertThat(grace.api().get("/api/sessions").json().get("items")).hasSize(1);
    }

    @Test
    void sessionsComeInPages() {
        SignedInUser ada = SignedInUser.registers("ada");
        clock.advance(Duration.ofSeconds(1));
        ada.elsewhere();

        Api.Answer first = ada.api().get("/api/sessions?limit=1");
        Api.Answer second = ada.api().get("/api/sessions?limit=1&cursor=" + first.at("/nextCursor"));

        assertThat(first.at("/items/0/current")).isEqualTo("false");
        assertThat(second.at("/items/0/current")).isEqualTo("true");
        assertThat(second.json().get("nextCursor").isNull()).isTrue();
    }

    @Test
    void anybodyMayAskWhoIsSignedIn() {
        SignedInUser ada = SignedInUser.registers("ada");

        Api.Answer nobody = SignedInUser.anonymous().get("/api/sessions/current");
        Api.Answer signedIn = ada.api().get("/api/sessions/current");

        assertThat(nobody.status()).isEqualTo(200);
        assertThat(nobody.body()).isEqualTo("{\"user\":null}");
        assertThat(signedIn.at("/user/id")).isEqualTo(ada.id());
        assertThat(signedIn.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void signingOutEndsTheSessionAndClearsTheCookie() {
        SignedInUser ada = SignedInUser.registers("ada");
        Api api = ada.api();

        Api.Answer answer = api.delete("/api/sessions/current");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Set-Cookie")).startsWith("tarn_session=").contains("Max-Age=0", "Path=/", "HttpOnly");
        assertThat(SignedInUser.exchange("cookie", ada.cookie()).status()).isEqualTo(404);
        assertThat(api.delete("/api/sessions/current").status()).isEqualTo(204);
        assertThat(Rows.texts("select payload->>'reason' from outbox where type = 'session.ended'"))
                .containsExactly("signed-out");
    }

    @Test
    void aSessionIsEndedFromAnother() {
        SignedInUser here = SignedInUser.registers("ada");
        clock.advance(Duration.ofSeconds(1));
        SignedInUser there = here.elsewhere();
        String id = here.api().get("/api/sessions").at("/items/0/id");

        assertThat(here.api().delete("/api/sessions/" + id).status()).isEqualTo(204);

        assertThat(SignedInUser.exchange("cookie", there.cookie()).status()).isEqualTo(404);
        assertThat(SignedInUser.exchange("cookie", here.cookie()).status()).isEqualTo(200);
        assertThat(here.api().delete("/api/sessions/" + id).status()).isEqualTo(404);
    }

    @Test
    void nobodyEndsTheSessionsOfOthers() {
        SignedInUser ada = SignedInUser.registers("ada");
        SignedInUser grace = SignedInUser.registers("grace");
        String id = ada.api().get("/api/sessions").at("/items/0/id");

        Api.Answer answer = grace.api().delete("/api/sessions/" + id);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(SignedInUser.exchange("cookie", ada.cookie()).status()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenGivesTheNext() {
        SignedInUser ada = SignedInUser.registers("ada");
        Api.Answer first = signInForTokens(ada);
        clock.advance(Duration.ofMinutes(4));

        Api.Answer second = refresh(first.at("/refreshToken"));
        clock.advance(Duration.ofMinutes(4));
        Api.Answer third = refresh(second.at("/refreshToken"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.at("/refreshToken")).isNotEqualTo(first.at("/refreshToken"));
        assertThat(SignedInUser.anonymous()
                        .bearer(third.at("/accessToken"))
                        .get("/api/users/me")
                        .at("/id"))
                .isEqualTo(ada.id());
    }

    @Test
    void twoTabsThatRefreshAtOnceAreNotLockedOut() throws Exception {
        SignedInUser ada = SignedInUser.registers("ada");
        String token = signInForTokens(ada).at("/refreshToken");
        List<Future<Api.Answer>> answers = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(() -> refresh(token)));
            }
        }
        clock.advance(Duration.ofSeconds(9));
        Api.Answer late = refresh(token);

        for (Future<Api.Answer> answer : answers) {
            assertThat(answer.get().at("/refreshToken")).isEqualTo(late.at("/refreshToken"));
        }
        assertThat(refresh(late.at("/refreshToken")).status()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenWhoseSuccessorWasUsedEndsTheFamilyAtOnce() {
        SignedInUser ada = SignedInUser.registers("ada");
        String first = signInForTokens(ada).at("/refreshToken");
        String third = refresh(refresh(first).at("/refreshToken")).at("/refreshToken");

        assertThat(refresh(first).code()).isEqualTo("refresh-token-reused");
        assertThat(refresh(third).code()).isEqualTo("unauthenticated");
    }

    @Test
    void aUsedRefreshTokenThatComesBackEndsTheFamily() {
        SignedInUser ada = SignedInUser.registers("ada");
        String stolen = signInForTokens(ada).at("/refreshToken");
        String honest = refresh(stolen).at("/refreshToken");
        clock.advance(Duration.ofSeconds(11));

        Api.Answer reused = refresh(stolen);

        assertThat(reused.status()).isEqualTo(401);
        assertThat(reused.code()).isEqualTo("refresh-token-reused");
        assertThat(refresh(honest).code()).isEqualTo("unauthenticated");
        assertThat(Rows.texts("select 1 from revocation")).hasSize(1);
        assertThat(Rows.texts("select payload->>'reason' from outbox where type = 'session.ended'"))
                .containsExactly("refresh-token-reused");
        assertThat(SignedInUser.exchange("cookie", ada.cookie()).status()).isEqualTo(200);
    }

    @Test
    void refreshTokensThatAreUnknownOrExpiredAreRefused() {
        SignedInUser ada = SignedInUser.registers("ada");
        String token = signInForTokens(ada).at("/refreshToken");

        Api.Answer unknown = refresh("tarn_ref_unknown");
        clock.advance(Duration.ofDays(31));
        Api.Answer expired = refresh(token);

        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.code()).isEqualTo("unauthenticated");
        assertThat(expired.body()).isEqualTo(unknown.body());
    }

    @Test
    void aSessionLivesOnWithUseAndEndsWithout() {
        SignedInUser ada = SignedInUser.registers("ada");
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofDays(20));
            assertThat(SignedInUser.exchange("cookie", ada.cookie()).status()).isEqualTo(200);
        }

        clock.advance(Duration.ofDays(31));

        assertThat(SignedInUser.exchange("cookie", ada.cookie()).status()).isEqualTo(404);
    }

    @Test
    void aSessionEndsAfterHalfAYearHoweverMuchItIsUsed() {
        SignedInUser ada = SignedInUser.registers("ada");
        for (int i = 0; i < 8; i++) {
            clock.advance(Duration.ofDays(22));
            assertThat(SignedInUser.exchange("cookie", ada.cookie()).status()).isEqualTo(200);
        }

        clock.advance(Duration.ofDays(5));

        assertThat(SignedInUser.exchange("cookie", ada.cookie()).status()).isEqualTo(404);
    }
}
