package tarn.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;

/// A user who has registered, and the gateway that stands between them and identity in production.
///
/// @param cookie of the session they are signed in with
record SignedInUser(String id, String name, String email, String cookie) {

    static final String PASSWORD = "a quiet tarn at dusk";

    private static final AtomicInteger COUNT = new AtomicInteger();

    /// Nobody in particular, at an address that no other test uses.
    static Api anonymous() {
        int number = COUNT.incrementAndGet();
        return Api.here()
                .header("X-Forwarded-For", "10.0." + (number >> 8) + '.' + (number & 255))
                .header("User-Agent", "Test/1");
    }

    /// An account that nobody has, whatever other tests did.
    static Map<String, Object> draft(String name) {
        return draft(name, name + '.' + COUNT.incrementAndGet() + "@tarn.example");
    }

    static Map<String, Object> draft(String name, String email) {
        return Map.of("name", name, "email", email, "password", PASSWORD);
    }

    /// Registers and signs in with a browser.
    static SignedInUser registers(String name) {
        Api api = anonymous();
        Api.Answer me = api.post("/api/users", draft(name));
        String email = me.at("/email");
        if (me.status() != 201) {
            throw new AssertionError("Not registered: " + me);
        }
        return new SignedInUser(me.at("/id"), name, email, cookieOf(api.post("/api/sessions", credentials(email))));
    }

    /// Signs in with a browser, to an account that a test has registered by itself.
    static SignedInUser signsIn(String email) {
        Api.Answer session = anonymous().post("/api/sessions", credentials(email));
        return new SignedInUser(session.at("/user/id"), session.at("/user/name"), email, cookieOf(session));
    }

    /// The same user with a browser on another device.
    SignedInUser elsewhere() {
        return new SignedInUser(id, name, email, cookieOf(anonymous().post("/api/sessions", credentials(email))));
    }

    static Map<String, Object> credentials(String email) {
        return Map.of("email", email, "password", PASSWORD);
    }

    static String cookieOf(Api.Answer answer) {
        return answer.cookie("tarn_session")
                .orElseThrow(() -> new AssertionError("No cookie: " + answer))
                .getValue();
    }

    /// What this user may ask for at present, as the gateway would pass it on.
    Api api() {
        return anonymous().bearer(exchange("cookie", cookie).at("/value"));
    }

    /// The gateway.
    static Api service() {
        return service("gateway");
    }

    /// One of Tarn's own services.
    static Api service(String name) {
        return anonymous().bearer(serviceToken(name, DatabaseResource.key(name)).at("/value"));
    }

    static Api.Answer serviceToken(String name, String key) {
        String credential = Base64.getEncoder().encodeToString((name + ':' + key).getBytes(StandardCharsets.UTF_8));
        return anonymous().header("Authorization", "Basic " + credential).post("/internal/identity/service-tokens");
    }

    /// Turns what a browser or a program holds into an access token.
    static Api.Answer exchange(String kind, String secret) {
        return service()
                .post(
                        "/internal/identity/access-tokens",
                        Map.of("kind", kind, "secret", secret, "address", "192.0.2.5", "userAgent", "Test/2"));
    }

    /// Something only this user's program may ask for.
    Api program(String... scopes) {
        Api.Answer token = api().post("/api/tokens", Map.of("name", "program", "scopes", scopes));
        return anonymous().bearer(exchange("personal", token.at("/secret")).at("/value"));
    }
}
