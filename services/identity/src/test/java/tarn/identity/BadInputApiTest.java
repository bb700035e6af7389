package tarn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tarn.testing.Api;

/// Whatever is sent, the answer is a problem with a code and, where it can be said, a place.
@IdentityTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputApiTest {

    private SignedInUser ada = new SignedInUser("", "", "", "");

    @BeforeAll
    void register() {
        Rows.forgetEverybody();
        ada = SignedInUser.registers("ada");
    }

    record Operation(String method, String path) {}

    static Stream<Operation> withBody() {
        return Stream.of(
                new Operation("POST", "/api/users"),
                new Operation("PATCH", "/api/users/me"),
                new Operation("PUT", "/api/users/me/password"),
                new Operation("POST", "/api/users/me/deletion"),
                new Operation("PUT", "/api/registration"),
                new Operation("POST", "/api/sessions"),
                new Operation("POST", "/api/sessions/refresh"),
                new Operation("POST", "/api/tokens"));
    }

    private Api.Answer send(Operation operation, Object body) {
        return send(ada.api(), operation, body);
    }

    private static Api.Answer send(Api api, Operation operation, Object body) {
        return switch (operation.method()) {
            case "POST" -> api.post(operation.path(), body);
            case "PUT" -> api.put(operation.path(), body);
            default -> api.patch(operation.path(), body);
        };
    }

    private static void assertProblem(Api.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("tarn.identity", "jackson", "Exception");
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void malformedJson(Operation operation) {
        assertProblem(send(operation, "{\"name\": "), 400, "malformed-json");
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void anotherShape(Operation operation) {
        assertProblem(send(operation, "[]"), 400, "malformed-json");
        assertProblem(send(operation, "7"), 400, "malformed-json");
        assertProblem(send(operation, "null"), 422, "invalid");
        assertProblem(send(operation, ""), 422, "invalid");
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void anUnknownField(Operation operation) {
        Api.Answer answer = send(operation, "{\"surprise\": 1}");

        assertProblem(answer, 400, "invalid");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/surprise");
        assertThat(answer.at("/errors/0/code")).isEqualTo("unknown-field");
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void anotherMediaTypeOrNone(Operation operation) {
        for (String type : List.of("text/plain", "", "*/*")) {
            Api api = ada.api().header("Content-Type", type);

            assertProblem(send(api, operation, "{}"), 415, "unsupported-media-type");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST  | /api/users             | {"name": 1, "email": "a@b.c", "password": "a quiet tarn"}       | 400 | /name
            POST  | /api/users             | {"email": "a@b.c", "password": "a quiet tarn"}                  | 422 | /name
            POST  | /api/users             | {"name": "  ", "email": "a@b.c", "password": "a quiet tarn"}    | 422 | /name
            POST  | /api/users             | {"name": "A\\u0000", "email": "a@b.c", "password": "a quiet tarn"} | 422 | /name
            POST  | /api/users             | {"name": "A\\ud800", "email": "a@b.c", "password": "a quiet tarn"} | 422 | /name
            POST  | /api/users             | {"name": "A", "email": "a\\u0000@b.c", "password": "a quiet tarn"} | 422 | /email
            POST  | /api/users             | {"name": "A", "email": "nobody", "password": "a quiet tarn"}    | 422 | /email
            POST  | /api/users             | {"name": "A", "email": "a@b.c", "password": null}               | 422 | /password
            PATCH | /api/users/me          | {"name": null}                                                  | 422 | /name
            PATCH | /api/users/me          | {"name": ""}                                                    | 422 | /name
            PATCH | /api/users/me          | {"name": ["A"]}                                                 | 400 | /name
            PATCH | /api/users/me          | {"timeZone": "Mars/Olympus"}                                    | 422 | /timeZone
            PATCH | /api/users/me          | {"timeZone": "\\u0000"}                                         | 422 | /timeZone
            PATCH | /api/users/me          | {"email": "b@b.c"}                                              | 400 | /email
            PUT   | /api/users/me/password | {"newPassword": "a quiet tarn"}                                 | 422 | /currentPassword
            PUT   | /api/registration      | {"open": "yes"}                                                 | 400 | /open
            PUT   | /api/registration      | {}                                                              | 422 | /open
            POST  | /api/sessions          | {"email": "a@b.c", "password": "x", "grant": "magic"}           | 400 | /grant
            POST  | /api/sessions          | {"email": "a@b.c", "password": "\\ud800"}                       | 422 | /password
            POST  | /api/sessions/refresh  | {"refreshToken": "\\u0000"}                                     | 422 | /refreshToken
            POST  | /api/sessions/refresh  | {"refreshToken": {}}                                            | 400 | /refreshToken
            POST  | /api/tokens            | {"name": "x", "scopes": []}                                     | 422 | /scopes
            POST  | /api/tokens            | {"name": "x", "scopes": [null]}                                 | 422 | /scopes/0
            POST  | /api/tokens            | {"name": "x", "scopes": ["root"]}                               | 422 | /scopes/0
            POST  | /api/tokens            | {"name": "x", "scopes": "tasks:read"}                           | 400 | /scopes
            POST  | /api/tokens            | {"name": "x", "scopes": ["tasks:read"], "expiresAt": "soon"}    | 400 | /expiresAt
            POST  | /api/tokens            | {"name": "x", "scopes": ["tasks:read"], "expiresAt": "2001-01-01T00:00:00Z"} | 422 | /expiresAt
            POST  | /api/tokens            | {"name": "x", "scopes": ["tasks:read"], "expiresAt": "+999999999-12-31T00:00:00Z"} | 422 | /expiresAt
            """)
    void saysWhereItIsWrong(String method, String path, String body, int status, String pointer) {
        Api.Answer answer = send(new Operation(method, path), body);

        assertProblem(answer, status, "invalid");
        assertThat(answer.at("/errors/0/pointer")).as(answer.toString()).isEqualTo(pointer);
    }

    @Test
    void aWeakPasswordIsRefused() {
        Api.Answer answer = send(
                new Operation("POST", "/api/users"),
                "{\"name\": \"A\", \"email\": \"a@b.c\", \"password\": \"short\"}");

        assertProblem(answer, 422, "weak-password");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/password");
    }

    @Test
    void overLongTextIsRefused() {
        String name = "x".repeat(101);

        assertProblem(send(new Operation("PATCH", "/api/users/me"), "{\"name\": \"" + name + "\"}"), 422, "invalid");
    }

    @Test
    void lengthIsCountedInCharactersAsTheDatabaseDoes() {
        String bees = "\ud83d\udc1d".repeat(100);

        Api.Answer fits = send(new Operation("PATCH", "/api/users/me"), "{\"name\": \"" + bees + "\"}");
        Api.Answer tooLong = send(new Operation("PATCH", "/api/users/me"), "{\"name\": \"" + bees + "x\"}");

        assertThat(fits.at("/name")).as(fits.toString()).isEqualTo(bees);
        assertProblem(tooLong, 422, "invalid");
    }

    @Test
    void lengthIsCountedInNormalForm() {
        String grows = "\ufb2c".repeat(60);

        Api.Answer answer = send(new Operation("PATCH", "/api/users/me"), "{\"name\": \"" + grows + "\"}");

        assertProblem(answer, 422, "invalid");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/name");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/users?limit=0, invalid",
        "/api/users?limit=101, invalid",
        "/api/users?limit=many, invalid",
        "/api/users?cursor=forged, invalid",
        "/api/users?cursor=bmFtZR8AH3g, invalid",
        "/api/users?sort=email, unknown-parameter",
        "/api/users?id=nobody, invalid",
        "/api/users?text=%00, invalid",
        "/api/sessions?cursor=LWNyZWF0ZWRBdB94H3k, invalid",
        "/api/tokens?surprise=1, unknown-parameter",
    })
    void refusesParametersItDoesNotUnderstand(String path, String code) {
        assertProblem(ada.api().get(path), 400, code);
    }

    @Test
    void anOversizedBodyIsRefused() {
        byte[] huge = new byte[102 * 1024 * 1024];

        Api.Answer answer = ada.api().askingFirst().post("/api/tokens", huge);

        // The gateway has a problem for it; a service does not read on.
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhatIsNotDoneIsNotAllowed() {
        assertProblem(ada.api().delete("/api/tokens/not-an-id"), 404, "not-found");
        assertProblem(ada.api().delete("/api/sessions/00000000-0000-0000-0000-000000000001"), 404, "not-found");
        assertProblem(ada.api().delete("/api/users/me"), 405, "method-not-allowed");
    }
}
