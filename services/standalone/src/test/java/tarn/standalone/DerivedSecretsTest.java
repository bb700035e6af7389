package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tarn.platform.Secret;

class DerivedSecretsTest {

    private final DerivedSecrets secrets = new DerivedSecrets(new Secret("0123456789abcdef0123456789abcdef"));

    @Test
    void eachPurposeHasItsOwn() {
        assertThat(List.of(
                        secrets.database("identity"),
                        secrets.database("tasks"),
                        secrets.key("identity"),
                        secrets.key("tasks"),
                        secrets.seal(),
                        secrets.digest()))
                .doesNotHaveDuplicates()
                .allSatisfy(secret -> assertThat(secret.value()).matches("[0-9a-f]{64}"));
    }

    @Test
    void theSameSecretGivesTheSame() {
        assertThat(new DerivedSecrets(secrets.root()).key("tasks")).isEqualTo(secrets.key("tasks"));
        assertThat(new DerivedSecrets(new Secret("another")).key("tasks")).isNotEqualTo(secrets.key("tasks"));
    }
}
