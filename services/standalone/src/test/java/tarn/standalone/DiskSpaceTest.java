package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {

    private static final long MB = 1L << 20;
    private static final long GB = 1L << 30;

    private final DiskSpace space = new DiskSpace(Path.of("/data"));

    @Test
    void warnsOnceBeforeTheDiskIsFull() {
        assertThat(space.warning(GB, 100 * GB)).isNull();
        assertThat(space.warning(GB - 1, 100 * GB)).startsWith("WARN: The disk is almost full: 1023 MB are free");
        assertThat(space.warning(10 * MB, 100 * GB)).isNull();
        assertThat(space.warning(2 * GB, 100 * GB)).startsWith("There is enough space");
    }

    @Test
    void ofASmallDiskItIsAShare() {
        assertThat(space.warning(600 * MB, 10 * GB)).isNull();
        assertThat(space.warning(500 * MB, 10 * GB)).isNotNull();
    }

    @Test
    void isNeverLessThanPostgresqlTakesAtOnce() {
        assertThat(space.warning(63 * MB, 400 * MB)).isNotNull();
    }

    @Test
    void readinessSaysThatItIsLowAndFailsWhenNothingIsFree() {
        assertThat(DiskReady.response(DiskSpace.State.ENOUGH).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(DiskReady.response(DiskSpace.State.LOW).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(DiskReady.response(DiskSpace.State.LOW).getData().orElseThrow())
                .containsEntry("low", true);
        assertThat(DiskReady.response(DiskSpace.State.FULL).getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    }
}
