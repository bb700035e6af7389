package tarn.gateway.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import tarn.platform.problem.Refusal;

/// A service's refusal within a query, with the service's own problem, which becomes an error of
/// one field of the answer.
final class ServiceProblemException extends RuntimeException {

    private final int status;
    private final transient JsonNode problem;

    /// @param problem as the service wrote it, RFC 9457
    ServiceProblemException(int status, JsonNode problem) {
        super(problem.path("detail").asText("It was refused."), null, false, false);
        this.status = status;
        this.problem = problem;
    }

    static ServiceProblemException of(Refusal refusal) {
        return new ServiceProblemException(
                refusal.status(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("code", refusal.code())
                        .put("detail", refusal.detail()));
    }

    int status() {
        return status;
    }

    /// The error's extensions: REST's code, the status, and errors by field.
    Map<String, Object> extensions(ObjectMapper mapper) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", problem.path("code").asText("internal"));
        extensions.put("status", status);
        if (problem.path("errors").size() > 0) {
            extensions.put("errors", mapper.convertValue(problem.path("errors"), Object.class));
        }
        return extensions;
    }
}
