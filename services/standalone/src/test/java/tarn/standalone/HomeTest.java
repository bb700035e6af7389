package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarn.platform.Secret;

class HomeTest {

    @TempDir
    Path parent;

    @Test
    void isMadeForItsOwnerAlone() throws IOException {
        try (Home home = Home.open(parent.resolve("a/b"))) {
            assertThat(Files.getPosixFilePermissions(home.folder()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void belongsToOneProcessAtATime() {
        try (Home home = Home.open(parent)) {
            assertThatThrownBy(() -> Home.open(home.folder()))
                    .hasMessage("Tarn already runs on " + parent + " (process "
                            + ProcessHandle.current().pid() + ").");
        }
        Home.open(parent).close();
    }

    @Test
    void itsSecretIsMadeOnceAndReadByItsOwnerAlone() throws IOException {
        Secret first;
        try (Home home = Home.open(parent)) {
            first = home.secret();
            assertThat(home.secret()).isEqualTo(first);
        }
        try (Home home = Home.open(parent)) {
            assertThat(home.secret()).isEqualTo(first);
        }
        assertThat(first.value()).hasSize(64);
        assertThat(Files.getPosixFilePermissions(parent.resolve("secret")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aHalfWrittenFileIsNoHindrance() throws IOException {
        Files.writeString(parent.resolve("secret.new"), "half");

        try (Home home = Home.open(parent)) {
            assertThat(home.secret().value()).hasSize(64);
        }
    }

    @Test
    void saysWhenItIsNoFolder() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> Home.open(file))
                .isInstanceOf(CannotStart.class)
                .hasMessage(file + " is not a folder: choose another one with TARN_HOME.");
    }
}
