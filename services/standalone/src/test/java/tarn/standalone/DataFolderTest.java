package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarn.platform.Secret;

class DataFolderTest {

    @TempDir
    Path parent;

    @Test
    void isMadeForItsOwnerAlone() throws IOException {
        try (DataFolder home = DataFolder.open(parent.resolve("a/b"))) {
            assertThat(Files.getPosixFilePermissions(home.folder()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void belongsToOneProcessAtATime() {
        try (DataFolder home = DataFolder.open(parent)) {
            assertThatThrownBy(() -> DataFolder.open(home.folder()))
                    .hasMessage("Tarn already runs on " + parent + " (process "
                            + ProcessHandle.current().pid() + ").");
        }
        DataFolder.open(parent).close();
    }

    @Test
    void itsSecretIsMadeOnceAndReadByItsOwnerAlone() throws IOException {
        Secret first;
        try (DataFolder home = DataFolder.open(parent)) {
            first = home.secret();
            assertThat(home.secret()).isEqualTo(first);
        }
        try (DataFolder home = DataFolder.open(parent)) {
            assertThat(home.secret()).isEqualTo(first);
        }
        assertThat(first.value()).hasSize(64);
        assertThat(Files.getPosixFilePermissions(parent.resolve("secret")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aHalfWrittenFileIsNoHindrance() throws IOException {
        Files.writeString(parent.resolve("secret.new"), "half");

        try (DataFolder home = DataFolder.open(parent)) {
            assertThat(home.secret().value()).hasSize(64);
        }
    }

    @Test
    void saysWhenItIsNoFolder() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(CannotStart.class)
                .hasMessage(file + " is not a folder: choose another one with TARN_HOME.");
    }

    @Test
    void aSecretThatIsMissingBesideDataIsNotMadeAnew() throws IOException {
        Files.createDirectory(parent.resolve("postgres"));

        try (DataFolder home = DataFolder.open(parent)) {
            assertThatThrownBy(home::secret)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith(parent.resolve("secret") + " is missing");
        }
        assertThat(parent.resolve("secret")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "'',rw-------,is empty",
        "'  \n',rw-------,is empty",
        "'\u0000\u0001',rw-------,is not one line of text",
        "'one\ntwo',rw-------,is not one line of text",
        "good,rw-r--r--,Other users may read or write"
    })
    void aSecretThatIsNoneIsSaid(String text, String permissions, String said) throws IOException {
        Path file = Files.writeString(parent.resolve("secret"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertRefused(said);
        assertThat(file).hasContent(text);
    }

    @Test
    void aSecretInNoCharsetIsSaid() throws IOException {
        Path file = Files.write(parent.resolve("secret"), new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0x80});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertRefused("is not one line of text");
    }

    private void assertRefused(String said) {
        try (DataFolder home = DataFolder.open(parent)) {
            assertThatThrownBy(home::secret).isInstanceOf(CannotStart.class).hasMessageContaining(said);
        }
    }
}
