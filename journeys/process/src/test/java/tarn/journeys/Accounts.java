package tarn.journeys;

import java.util.Map;
import tarn.testing.Api;

/// The first account of a Tarn.
final class Accounts {

    private static final String EMAIL = "ada@example.test";
    private static final String PASSWORD = "granite lake 42 northwind";

    private Accounts() {}

    /// Registers it and signs it in.
    static Api signedIn(Api nobody) {
        nobody.post("/api/users", Map.of("name", "Ada", "email", EMAIL, "password", PASSWORD));
        Api.Answer session =
                nobody.post("/api/sessions", Map.of("email", EMAIL, "password", PASSWORD, "grant", "token"));
        return nobody.bearer(session.at("/accessToken"));
    }
}
