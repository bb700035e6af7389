package tarn.identity.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SealTest {

    private static final byte[] PLAIN = "private".getBytes(StandardCharsets.UTF_8);

    private final Seal seal = new Seal("a-secret-of-more-than-32-characters-for-tests");

    @Test
    void opensWhatItClosed() {
        byte[] sealed = seal.close(PLAIN, "one");

        assertThat(seal.open(sealed, "one")).hasValue(PLAIN);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
        assertThat(seal.close(PLAIN, "one")).isNotEqualTo(sealed);
    }

    @Test
    void opensNothingElse() {
        byte[] sealed = seal.close(PLAIN, "one");
        byte[] bent = sealed.clone();
        bent[bent.length - 1] ^= 1;

        assertThat(seal.open(sealed, "other")).isEmpty();
        assertThat(seal.open(bent, "one")).isEmpty();
        assertThat(seal.open(new byte[3], "one")).isEmpty();
        assertThat(new Seal("another-secret-of-more-than-32-characters").open(sealed, "one"))
                .isEmpty();
    }

    @Test
    void wantsASecretThatIsOne() {
        assertThatThrownBy(() -> new Seal("short")).hasMessageContaining("TARN_SECRET");
    }
}
