package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.QuarkusBindException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StartupDiagnosisTest {

    @Test
    void aTakenPortIsNamed() {
        Throwable failure = new RuntimeException(new QuarkusBindException("127.0.0.1", 8080, new BindException()));

        assertThat(StartupDiagnosis.of(failure)).hasMessageStartingWith("Port 8080 is in use");
    }

    @Test
    void aSettingIsNamedAsTheOperatorWroteIt() {
        Throwable failure = new RuntimeException(
                new IllegalArgumentException("The config property tarn.trusted.proxies with the value \"x\" is wrong"));

        assertThat(StartupDiagnosis.of(failure))
                .hasMessage("TARN_TRUSTED_PROXIES is not understood: The config property tarn.trusted.proxies with the "
                        + "value \"x\" is wrong");
    }

    @Test
    void aFullDiskIsOne() {
        Throwable failure =
                new RuntimeException(new SQLException("could not extend: No space left on device", "53100"));

        assertThat(StartupDiagnosis.of(failure)).hasMessage("The disk is full: PostgreSQL cannot write.");
        assertThat(CannotStart.because(new IOException("write: No space left on device"), Path.of("/data")))
                .hasMessage("The disk is full: nothing more can be written in /data.");
    }

    @Test
    void anythingElseIsItsRootInOneLine() {
        Throwable failure = new RuntimeException("outer", new IllegalStateException("first\nsecond"));

        assertThat(StartupDiagnosis.of(failure)).hasMessage("It does not start: first");
        assertThat(StartupDiagnosis.of(new IllegalStateException()))
                .hasMessage("It does not start: IllegalStateException");
    }

    @Test
    void aFolderThatCanNotBeUsedSaysWhy() {
        Path path = Path.of("/data");

        assertThat(CannotStart.because(new AccessDeniedException("/data"), path))
                .hasMessageContaining("may not be read and written by this user");
        assertThat(CannotStart.because(new NoSuchFileException("/data"), path)).hasMessageContaining("cannot be made");
        assertThat(CannotStart.because(new IOException("odd"), path)).hasMessage("/data cannot be used: odd");
    }
}
