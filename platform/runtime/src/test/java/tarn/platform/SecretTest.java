package tarn.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretTest {

    @Test
    void isNotPrinted() {
        assertThat("the password is " + new Secret("hunter2")).isEqualTo("the password is ***");
    }
}
