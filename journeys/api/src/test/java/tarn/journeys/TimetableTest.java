package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Api;
import tarn.testing.Eventually;

/// Jobs from the timetable to the services that do them.
class TimetableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "complete-totals",
                "remove-expired",
                "delete-events",
                "analyze-tables",
                "resume-jobs",
                "refresh-statistics",
                "empty-trash",
                "delete-old-jobs",
                "delete-run-records"
            })
    void anAdministratorRunsAJobAndSeesWhatItDid(String job) {
        Api admin = Tarn.administrator().api();
        String runs = "/api/timetable/" + job + "/runs";

        Set<String> before = requested(admin.get(runs)).keySet();
        Api.Answer[] asked = new Api.Answer[1];
        Eventually.within(Duration.ofSeconds(20), () -> {
            asked[0] = admin.post(runs);
            return asked[0].status() != 409;
        });

        assertThat(asked[0].status()).as(asked[0].toString()).isEqualTo(202);
        Map<String, String> outcomes = new HashMap<>();
        Eventually.within(Duration.ofSeconds(20), () -> {
            outcomes.putAll(requested(admin.get(runs)));
            outcomes.keySet().removeAll(before);
            return outcomes.values().stream().anyMatch(outcome -> !outcome.isEmpty());
        });
        assertThat(outcomes.values()).containsExactly("succeeded");
    }

    /// Outcomes of the runs that somebody asked for, by id; empty while they run.
    private static Map<String, String> requested(Api.Answer runs) {
        Map<String, String> outcomes = new HashMap<>();
        for (JsonNode run : runs.json().path("items")) {
            if (run.path("requestedBy").isTextual()) {
                outcomes.put(
                        run.path("id").asText(),
                        run.path("outcome").isNull() ? "" : run.path("outcome").asText());
            }
        }
        return outcomes;
    }
}
