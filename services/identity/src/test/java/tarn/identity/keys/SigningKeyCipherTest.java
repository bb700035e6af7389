package tarn.identity.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SigningKeyCipherTest {

    private static final byte[] PLAIN = "private".getBytes(StandardCharsets.UTF_8);

    private final SigningKeyCipher cipher = new SigningKeyCipher("a-secret-of-more-than-32-characters-for-tests");

    @Test
    void opensWhatItClosed() {
        byte[] encrypted = cipher.encrypt(PLAIN, "one");

        assertThat(cipher.decrypt(encrypted, "one")).hasValue(PLAIN);
        assertThat(new String(encrypted, StandardCharsets.ISO_8859_1)).doesNotContain("private");
        assertThat(cipher.encrypt(PLAIN, "one")).isNotEqualTo(encrypted);
    }

    @Test
    void opensNothingElse() {
        byte[] encrypted = cipher.encrypt(PLAIN, "one");
        byte[] altered = encrypted.clone();
        altered[altered.length - 1] ^= 1;

        assertThat(cipher.decrypt(encrypted, "other")).isEmpty();
        assertThat(cipher.decrypt(altered, "one")).isEmpty();
        assertThat(cipher.decrypt(new byte[3], "one")).isEmpty();
        assertThat(new SigningKeyCipher("another-secret-of-more-than-32-characters").decrypt(encrypted, "one"))
                .isEmpty();
    }

    @Test
    void wantsASecretThatIsOne() {
        assertThatThrownBy(() -> new SigningKeyCipher("short")).hasMessageContaining("TARN_SECRET");
    }
}
