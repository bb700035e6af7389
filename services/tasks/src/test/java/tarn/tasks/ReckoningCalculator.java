package tarn.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tarn.testing.FakeService;
import tarn.testing.FakeService.CannedAnswer;
import tarn.testing.FakeService.ReceivedRequest;

/// The part of the calculator that tasks asks, as far as tests go. What begins with [#SLOW] it answers too
/// late the first time.
public final class ReckoningCalculator implements QuarkusTestResourceLifecycleManager {

    static final String PRODUCT = Item.USUAL_FORMULA;
    static final String THIRD = "quantity / 3";
    static final String BY_NOTHING = "quantity / 0";
    static final String TRUTH = "quantity > 1";
    static final String SLOW = "0 + ";
    static final String SLOW_BY_NOTHING = "0 + quantity / 0";

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private final CountDownLatch never = new CountDownLatch(1);
    private final FakeService calculator = new FakeService().on("POST", "/api/calculations", this::answer);

    @Override
    public Map<String, String> start() {
        return Map.of("tarn.route.calculator", calculator.url().toString());
    }

    @Override
    public void stop() {
        calculator.close();
    }

    private CannedAnswer answer(ReceivedRequest asked) {
        try {
            JsonNode question = JSON.readTree(asked.body());
            String expression = question.path("expression").asText();
            BigDecimal quantity =
                    new BigDecimal(question.path("variables").path("quantity").asText());
            BigDecimal price =
                    new BigDecimal(question.path("variables").path("unitPrice").asText());
            if (expression.startsWith(SLOW) && met.add(expression)) {
                never.await(400, TimeUnit.MILLISECONDS);
            }
            return switch (expression) {
                case THIRD -> decimal("0.33333333333333333333", false);
                case BY_NOTHING, SLOW_BY_NOTHING ->
                    new CannedAnswer(
                            422,
                            "{\"status\":422,\"code\":\"division-by-zero\",\"detail\":\"Nothing can be divided by 0.\","
                                    + "\"errors\":[{\"pointer\":\"/expression\",\"code\":\"division-by-zero\","
                                    + "\"detail\":\"Nothing can be divided by 0.\",\"position\":9}]}");
                case TRUTH -> CannedAnswer.ok("{\"result\":\"true\",\"type\":\"truth\",\"exact\":true}");
                default -> decimal(quantity.multiply(price).toPlainString(), true);
            };
        } catch (JsonProcessingException foreign) {
            return CannedAnswer.of(400);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return CannedAnswer.of(503);
        }
    }

    private static CannedAnswer decimal(String digits, boolean exact) {
        return CannedAnswer.ok("{\"result\":\"%s\",\"type\":\"decimal\",\"exact\":%s}".formatted(digits, exact));
    }
}
