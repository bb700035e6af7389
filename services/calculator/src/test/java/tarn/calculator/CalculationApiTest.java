package tarn.calculator;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.SignedTokens;

@QuarkusTest
final class CalculationApiTest {

    private static final UUID ADA = new UUID(1, 2);

    @Inject
    SignedTokens tokens;

    private Api ada() {
        return Api.here().bearer(tokens.session(ADA));
    }

    @Test
    void worksOutAnExpressionWithVariables() {
        Api.Answer answer = ada().post(
                        "/api/calculations",
                        Map.of(
                                "expression",
                                "quantity*unitPrice",
                                "variables",
                                Map.of("quantity", "3", "unitPrice", "19.995"),
                                "scale",
                                2,
                                "rounding",
                                "half-even"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"result\":\"59.98\",\"type\":\"decimal\",\"exact\":false,"
                        + "\"expression\":\"quantity * unitPrice\"}");
    }

    @Test
    void answersComparisons() {
        Api.Answer answer = ada().post("/api/calculations", Map.of("expression", "1 < 2"));

        assertThat(answer.at("/result")).isEqualTo("true");
        assertThat(answer.at("/type")).isEqualTo("truth");
    }

    @Test
    void answersWhatEachPartCameTo() {
        Api.Answer answer = ada().post(
                        "/api/calculations",
                        Map.of("expression", "if(a < 2, a / 8, 9)", "variables", Map.of("a", "1"), "steps", true));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.at("/result")).isEqualTo("0.125");
        assertThat(answer.at("/steps/2/text")).isEqualTo("<");
        assertThat(answer.at("/steps/2/value")).isEqualTo("true");
        assertThat(answer.body())
                .contains("{\"kind\":\"number\",\"text\":\"9\",\"operands\":[],\"value\":null,"
                        + "\"exact\":false,\"position\":17}")
                .contains("{\"kind\":\"function\",\"text\":\"if\",\"operands\":[2,5,6],\"value\":\"0.125\","
                        + "\"exact\":true,\"position\":0}");
    }

    @Test
    void aBatchHasNoSteps() {
        Api.Answer answer = ada().post(
                        "/api/calculations/batch",
                        Map.of(
                                "calculations",
                                List.of(
                                        Map.of("expression", "1 + 1", "steps", true),
                                        Map.of("expression", "1 + 1", "steps", false))));

        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.at("/items/0/status")).isEqualTo("422");
        assertThat(answer.at("/items/0/problem/errors/0/pointer")).isEqualTo("/steps");
        assertThat(answer.at("/items/1/result/result")).isEqualTo("2");
    }

    @Test
    void saysWhereAnExpressionIsWrong() {
        Api.Answer answer = ada().post("/api/calculations", Map.of("expression", "1 / (2 - 2)"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("division-by-zero");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/expression");
        assertThat(answer.at("/errors/0/position")).isEqualTo("2");
    }

    @Test
    void refusesWhatIsNoCalculation() {
        assertThat(ada().post("/api/calculations", Map.of()).at("/errors/0/pointer"))
                .isEqualTo("/expression");
        assertThat(ada().post("/api/calculations", Map.of("expression", "x", "variables", Map.of("x", "1,5")))
                        .status())
                .isEqualTo(422);
        assertThat(ada().post("/api/calculations", Map.of("expression", "x", "variables", Map.of("x", 1.5)))
                        .status())
                .isEqualTo(400);
        assertThat(ada().post("/api/calculations", Map.of("expression", "1", "scale", 101))
                        .at("/errors/0/pointer"))
                .isEqualTo("/scale");
        assertThat(ada().post("/api/calculations", Map.of("expression", "1", "rounding", "sideways"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void ofManyEachHasItsOwnAnswer() {
        Api.Answer answer = ada().post(
                        "/api/calculations/batch",
                        Map.of("calculations", List.of(Map.of("expression", "1 + 1"), Map.of("expression", "1 +"))));

        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.at("/items/0/status")).isEqualTo("200");
        assertThat(answer.at("/items/0/result/result")).isEqualTo("2");
        assertThat(answer.at("/items/1/status")).isEqualTo("422");
        assertThat(answer.at("/items/1/problem/errors/0/position")).isEqualTo("3");
    }

    @Test
    void listsWhatItKnows() {
        Api.Answer answer = ada().get("/api/calculations/operations");

        assertThat(answer.body()).contains("{\"name\":\"^\",\"kind\":\"operator\"");
        assertThat(answer.body()).contains("{\"name\":\"if\",\"kind\":\"function\"");
    }

    @Test
    void isForUsersProgramsAndServices() {
        Map<String, String> sum = Map.of("expression", "1 + 1");

        assertThat(Api.here().post("/api/calculations", sum).status()).isEqualTo(401);
        assertThat(Api.here()
                        .bearer(tokens.program(ADA, "tasks:read"))
                        .post("/api/calculations", sum)
                        .status())
                .isEqualTo(403);
        assertThat(Api.here()
                        .bearer(tokens.program(ADA, "calculations:run"))
                        .post("/api/calculations", sum)
                        .status())
                .isEqualTo(200);
        assertThat(Api.here()
                        .bearer(tokens.service("tasks"))
                        .post("/api/calculations", sum)
                        .status())
                .isEqualTo(200);
        assertThat(Api.here()
                        .bearer(tokens.service("posts"))
                        .post("/api/calculations", sum)
                        .status())
                .isEqualTo(403);
    }
}
