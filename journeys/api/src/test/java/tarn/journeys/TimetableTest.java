package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
                "resume-jobs",
                "refresh-statistics",
                "empty-trash",
                "delete-run-records"
            })
    void anAdministratorRunsAJobAndSeesWhatItDid(String job) {
        Api admin = Tarn.administrator().api();
        String runs = "/api/timetable/" + job + "/runs";

        Api.Answer[] asked = new Api.Answer[1];
        Eventually.within(Duration.ofSeconds(20), () -> {
            asked[0] = admin.post(runs);
            return asked[0].status() != 409;
        });

        assertThat(asked[0].status()).as(asked[0].toString()).isEqualTo(202);
        Eventually.within(Duration.ofSeconds(20), () -> {
            Api.Answer found = admin.get(runs);
            return found.json().at("/items/0/requestedBy").isTextual()
                    && found.json().at("/items/0/outcome").isTextual();
        });
        Api.Answer found = admin.get(runs);
        assertThat(found.at("/items/0/outcome")).as(found.toString()).isEqualTo("succeeded");
    }
}
