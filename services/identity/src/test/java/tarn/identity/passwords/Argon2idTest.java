package tarn.identity.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class Argon2idTest {

    @Test
    void agreesWithTheReferenceImplementation() {
        Argon2id hash =
                Argon2id.of("password", new Argon2id.Cost(65_536, 2, 1), "somesalt".getBytes(StandardCharsets.UTF_8));

        assertThat(hash)
                .hasToString("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    }

    @Test
    void readsWhatItWrote() {
        String phc = Argon2id.of("open sesame", Argon2id.COST, new byte[Argon2id.SALT_BYTES])
                .toString();

        Argon2id read = Argon2id.parse(phc);

        assertThat(phc).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(read).hasToString(phc);
        assertThat(read.matches("open sesame")).isTrue();
        assertThat(read.matches("open Sesame")).isFalse();
        assertThat(read.isOutdated()).isFalse();
    }

    @Test
    void knowsWhenItsCostIsOutdated() {
        assertThat(Argon2id.parse("$argon2id$v=19$m=4096,t=1,p=1$c29tc2FsdA$CTFhFdXPJO0")
                        .isOutdated())
                .isTrue();
    }

    @Test
    void refusesWhatIsNoHash() {
        assertThatThrownBy(() -> Argon2id.parse("$2b$12$secret")).isInstanceOf(IllegalArgumentException.class);
    }
}
