package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationKeysTest {

    @TempDir
    Path folder;

    @Test
    void agreeBetweenSourcesAndTheExample() {
        ConfigurationKeys keys = new ConfigurationKeys(Repository.here());

        assertThat(keys.undocumented())
                .as("settings that are read: explain them in .env.example, or give them a default")
                .isEmpty();
        assertThat(keys.unread())
                .as("settings in .env.example that nothing reads: take them out")
                .isEmpty();
        assertThat(keys.unexplained())
                .as("settings in .env.example that need a comment before them")
                .isEmpty();
    }

    @Test
    void findWhatIsReadAndNotExplainedAndTheReverse() throws IOException {
        write("services/a/src/main/java/A.java", """
                A(@ConfigProperty(name = "tarn.needed") String needed,
                  @ConfigProperty(name = "tarn.settled", defaultValue = "7") int settled,
                  @ConfigProperty(name = "tarn.absent") Optional<String> absent) {
                    config.getValue("tarn.looked.up", String.class);
                    config.getOptionalValue("tarn.route." + service, URI.class);
                    config.getOptionalValue("tarn." + service + ".key", String.class);
                    variables.get("TARN_HOME");
                }
                @ConfigMapping(prefix = "tarn.mail") interface Mail {}
                """);
        write("services/a/src/main/resources/x.properties", "a=${tarn.from.file}\nb=${tarn.with.default:1}\n");
        write("services/a/src/test/java/T.java", "config.getValue(\"tarn.only.tested\", String.class)");
        write("tarn", "exec java $TARN_JAVA_OPTIONS\n");
        write(".env.example", """
                # Where mail goes.
                # TARN_MAIL_HOST=localhost

                TARN_ROUTE_TASKS=
                # Who it is.
                TARN_TASKS_KEY=
                # Nothing reads this.
                TARN_FORGOTTEN=1
                # Options of the JVM.
                TARN_JAVA_OPTIONS=
                """);

        ConfigurationKeys keys = new ConfigurationKeys(new Repository(folder));

        assertThat(keys.undocumented())
                .containsExactly(
                        "TARN_FROM_FILE read in x.properties",
                        "TARN_HOME read in A.java",
                        "TARN_LOOKED_UP read in A.java",
                        "TARN_NEEDED read in A.java");
        assertThat(keys.unread()).containsExactly("TARN_FORGOTTEN");
        assertThat(keys.unexplained()).containsExactly("TARN_ROUTE_TASKS");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent() == null ? folder : file.getParent());
        Files.writeString(file, text);
    }
}
