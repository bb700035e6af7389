package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownSettingsTest {

    @Test
    void tellsMisspeltSettingsFromOthers() {
        assertThat(KnownSettings.unknown(List.of("TARN_PORT", "TARN_PROT", "TARN_POSTS_KEY", "TARN_PARENT")))
                .containsExactly("TARN_PROT");
    }
}
