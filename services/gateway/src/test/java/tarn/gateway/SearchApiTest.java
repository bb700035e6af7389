package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarn.testing.Api;
import tarn.testing.SignedTokens;

@QuarkusTest
@WithTestResource(GraphWorld.class)
final class SearchApiTest {

    private final Api ada = Split.GATEWAY.bearer(PretendIdentity.token("good user"));

    @BeforeEach
    void begin() {
        asked();
    }

    @Test
    void asksEachServiceOnceAndGivesPartsOfTexts() {
        JsonNode found = found(ada, "text=rake");

        assertThat(found.at("/tasks/items/0/title/0").toString())
                .isEqualTo("{\"text\":\"<b>Rake</b>\",\"match\":true}");
        assertThat(found.at("/tasks/items/0/status").asText()).isEqualTo("done");
        assertThat(found.at("/tasks/truncated").asBoolean()).isTrue();
        assertThat(found.at("/posts/items").isEmpty()).isTrue();
        assertThat(found.at("/users/items/0/title").toString())
                .isEqualTo("[{\"text\":\"Ada \",\"match\":false},{\"text\":\"Rake\",\"match\":true}]");
        assertThat(found.path("unavailable").isEmpty()).isTrue();
        assertThat(asked())
                .containsExactlyInAnyOrder(
                        "POST /internal/tasks/search", "POST /internal/posts/search", "GET /api/users");
    }

    @Test
    void leavesOutWhatDoesNotRespondAndSaysSo() {
        JsonNode found = found(ada, "text=trouble");

        assertThat(found.path("posts").isNull()).isTrue();
        assertThat(found.path("unavailable").toString()).isEqualTo("[\"posts\"]");
        assertThat(found.at("/tasks/items")).hasSize(1);
    }

    @Test
    void asksOnlyForWhatTheCredentialMayReadAndWhatIsInTheProject() {
        Api program =
                Split.GATEWAY.bearer(new SignedTokens(Clock.systemUTC()).program(UUID.randomUUID(), "posts:read"));

        assertThat(found(program, "text=rake").path("tasks").isNull()).isTrue();
        assertThat(asked()).containsExactly("POST /internal/posts/search");
        assertThat(found(ada, "text=rake&in=" + GraphWorld.PROJECT)
                        .path("users")
                        .isNull())
                .isTrue();
        assertThat(ada.get("/api/search?text=rake&in=" + GraphWorld.DEAD).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"?in=x", "?text=a&limit=0", "?text=a&limit=21", "?text=%00", "?text=a&sort=b", "''"})
    void refusesWhatIsNoSearch(String query) {
        assertThat(ada.get("/api/search" + query).status()).isEqualTo(400);
        assertThat(asked()).isEmpty();
    }

    private static JsonNode found(Api api, String query) {
        Api.Answer answer = api.get("/api/search?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> asked() {
        return Split.services()
                .get("/test/asked")
                .body()
                .lines()
                .filter(line -> !line.equals("-"))
                .toList();
    }
}
