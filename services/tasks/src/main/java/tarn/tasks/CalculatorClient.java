package tarn.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import tarn.catalogue.Catalogue;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;
import tarn.platform.service.Call;
import tarn.platform.service.ServiceClient;

/// Calls the calculator service for the totals of items: within 150 ms while a user waits, within
/// 20 s in the background. Without an answer the total is pending.
@Singleton
final class CalculatorClient {

    private static final Logger LOG = Logger.getLogger(CalculatorClient.class);

    /// The request to the calculator.
    private record CalculationRequest(String expression, Map<String, String> variables) {}

    private final ServiceClient services;

    CalculatorClient(ServiceClient services) {
        this.services = services;
    }

    /// An item's total; pending when the calculator does not respond in time or is excluded.
    ///
    /// @throws Refusal.Invalid when the formula does not give a number, with the position in it
    Item.Total total(Item.Content content) {
        return total(services.to(Catalogue.CALCULATOR), content);
    }

    /// As [#total], on the channel for calls that no user waits for.
    Item.Total totalInBackground(Item.Content content) {
        return total(services.inBackgroundTo(Catalogue.CALCULATOR), content);
    }

    private static Item.Total total(Call call, Item.Content content) {
        CalculationRequest request = new CalculationRequest(
                content.formula(),
                Map.of(
                        "quantity", content.quantity().toPlainString(),
                        "unitPrice", content.unitPrice().toPlainString()));
        Call.Answer answer;
        try {
            answer = call.repeatable().ask("POST", "/api/calculations", request);
        } catch (Refusal.Unavailable | Refusal.ServiceExcluded away) {
            return Item.Total.PENDING;
        }
        if (answer.status() == 422) {
            throw refused(answer.body());
        }
        if (!answer.isSuccessful()) {
            LOG.errorf("The calculator responded with status %d to a total", answer.status());
            return Item.Total.PENDING;
        }
        if (!answer.body().path("type").asText().equals("decimal")) {
            throw new Refusal.Invalid("/formula", "not-a-number", "A total is a number, not true or false.");
        }
        return Item.Total.of(
                new BigDecimal(answer.body().path("result").asText()),
                answer.body().path("exact").asBoolean());
    }

    private static Refusal refused(JsonNode problem) {
        String code = problem.path("code").asText();
        String detail = problem.path("detail").asText();
        JsonNode position = problem.path("errors").path(0).path("position");
        return new Refusal.Invalid(
                code,
                detail,
                List.of(new Problem.FieldError("/formula", code, detail, position.isInt() ? position.asInt() : null)));
    }
}
