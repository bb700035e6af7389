package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ContractCheckTest {

    private static final String PATH = "/api/registration";
    private static final String PROBLEM =
            "{\"type\":\"/docs/errors#x\",\"title\":\"T\",\"status\":403,\"detail\":\"D\",\"code\":\"";

    @Test
    void takesWhatTheContractSays() {
        assertThat(breaches(200, "application/json", "{\"open\":true,\"firstUser\":false,\"invitations\":\"owners\"}"))
                .isEmpty();
        assertThat(breaches(403, "application/problem+json", PROBLEM + "forbidden\"}"))
                .isEmpty();
        assertThat(breaches(406, "application/problem+json", PROBLEM + "not-acceptable\"}"))
                .isEmpty();
    }

    @Test
    void findsAnotherStatusCodeShapeTypeAndHeader() {
        assertThat(breaches(201, "application/json", "{\"open\":true,\"firstUser\":false,\"invitations\":\"owners\"}"))
                .hasSize(1);
        assertThat(breaches(403, "application/problem+json", PROBLEM + "last-owner\"}"))
                .hasSize(1);
        assertThat(breaches(500, "application/problem+json", PROBLEM + "forbidden\"}"))
                .hasSize(1);
        assertThat(breaches(200, "application/json", "{\"open\":true}")).hasSize(1);
        assertThat(breaches(
                        200,
                        "application/json",
                        "{\"open\":true,\"firstUser\":false,\"invitations\":\"owners\",\"more\":1}"))
                .hasSize(1);
        assertThat(breaches(200, "text/plain", "open")).hasSize(1);
        assertThat(ContractCheck.breaches(
                        "PUT", PATH, answer(429, "application/problem+json", PROBLEM + "too-many-requests\"}")))
                .containsExactly("answers a 429 without Retry-After");
    }

    @Test
    void saysNothingOfWhatIsNoOperation() {
        assertThat(ContractCheck.breaches("PUT", "/internal/tasks/access", answer(200, "text/plain", "any")))
                .isEmpty();
        assertThat(ContractCheck.breaches("DELETE", PATH, answer(405, "text/plain", "any")))
                .isEmpty();
    }

    private static List<String> breaches(int status, String type, String body) {
        return ContractCheck.breaches("PUT", PATH + "?any=1", answer(status, type, body));
    }

    private static Api.Answer answer(int status, String type, String body) {
        return new Api.Answer(status, HttpHeaders.of(Map.of("Content-Type", List.of(type)), (_, _) -> true), body);
    }
}
