package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

    @ParameterizedTest
    @CsvSource({
        "TARN_SECRET, true",
        "TARN_DATABASE_URL, true",
        "TARN_TASKS_KEY, true",
        "TARN_IDENTITY_DATABASE_PASSWORD, true",
        "TARN_RATE_LIMIT, false",
        "TARN_PUBLIC_URL, false",
    })
    void noSecretOfTheOperatorGoesToEveryService(String variable, boolean secret) {
        assertThat(Split.isSecret(variable)).isEqualTo(secret);
    }
}
