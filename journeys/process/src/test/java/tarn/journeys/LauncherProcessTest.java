package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.Eventually;
import tarn.testing.Repository;

/// `./tarn` as a script, with stand-ins for Maven, Node and Java.
class LauncherProcessTest {

    @TempDir
    Path folder;

    @BeforeEach
    void makeCheckout() throws IOException {
        Files.copy(Repository.here().root().resolve("tarn"), folder.resolve("tarn"));
        write("services/jvm.options", "");
        write("web/package-lock.json", "{}");
        Path installed = write("web/node_modules/.package-lock.json", "{}");
        Files.setLastModifiedTime(installed, FileTime.from(Instant.now().plusSeconds(60)));
        write("jdk/release", "JAVA_VERSION=\"25\"\n");
        program("jdk/bin/javac", "");
        program("jdk/bin/java", "echo \"ran $*\"");
        program("bin/node", "");
        program("bin/npm", "");
        program("mvnw", """
                echo built >>target/builds
                for _ in {1..100}; do
                    [[ ! -e wait ]] || grep -q waiting first.out second.out && break
                    sleep 0.3
                done
                mkdir -p services/standalone/target/quarkus-app
                touch services/standalone/target/quarkus-app/quarkus-run.jar""");
    }

    /// Where there is `flock`, and where there is Perl alone, as on macOS.
    @ParameterizedTest
    @ValueSource(strings = {"flock", "perl"})
    void twoFirstStartsAtOnceBuildOnce(String tool) throws Exception {
        String path = tool.equals("flock") ? System.getenv("PATH") : withoutFlock();
        // The build takes until the other start has said that it waits.
        write("wait", "");
        Process first = up(path, "first.out");
        Process second = up(path, "second.out");

        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();

        String output = Repository.text(folder.resolve("first.out")) + Repository.text(folder.resolve("second.out"));
        assertThat(first.exitValue()).as(output).isZero();
        assertThat(second.exitValue()).as(output).isZero();
        assertThat(output).containsOnlyOnce("Another ./tarn is building; waiting.");
        assertThat(Repository.text(folder.resolve("target/builds"))).isEqualTo("built\n");
        assertThat(output.split("ran ", -1)).hasSize(3);
    }

    @Test
    void aRunningProgramKeepsNobodyFromBuilding() throws Exception {
        program("jdk/bin/java", "[[ $* == *--aot-training* ]] || { echo ran; sleep 60; }");
        Process running = up(System.getenv("PATH"), "first.out");
        try {
            Eventually.within(
                    Duration.ofSeconds(30),
                    () -> Repository.text(folder.resolve("first.out")).contains("ran"));
            program("jdk/bin/java", "");
            Files.delete(folder.resolve("target/built"));

            Process second = up(System.getenv("PATH"), "second.out");

            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isZero();
        } finally {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
    }

    private Process up(String path, String output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("./tarn", "up")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(output).toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TARN_"));
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + path);
        return builder.start();
    }

    /// A folder with links to what the script calls, but not to `flock`.
    private String withoutFlock() throws IOException {
        Path links = Files.createDirectories(folder.resolve("links"));
        for (String name :
                "bash basename cat dirname env find grep id mkdir mktemp mv perl readlink rm sleep sort tail touch"
                        .split(" ", -1)) {
            for (String place : System.getenv("PATH").split(":", -1)) {
                Path program = Path.of(place, name);
                Path link = links.resolve(name);
                if (Files.isExecutable(program) && !Files.exists(link)) {
                    Files.createSymbolicLink(link, program);
                }
            }
        }
        return links.toString();
    }

    private void program(String name, String script) throws IOException {
        Path file = write(name, "#!/usr/bin/env bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }
}
