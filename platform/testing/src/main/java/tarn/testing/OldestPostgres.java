package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tarn.platform.database.DatabaseUrl;

/// A server of PostgreSQL 15, the oldest that Tarn supports: the one that Debian installs as
/// `postgresql-15`, or that is in the folder which the system property `tarn.oldest.postgres` names.
/// Started at first use, and stopped with the JVM.
public final class OldestPostgres {

    private static final Path FOLDER =
            Path.of(System.getProperty("tarn.oldest.postgres", "/usr/lib/postgresql/15"), "bin");
    private static final Duration START = Duration.ofMinutes(1);

    /// Maps the user to nobody, because PostgreSQL will not run as root.
    private static final List<String> AS_NOBODY = List.of("unshare", "--user");

    private static final class Server {

        private static final DatabaseUrl URL = start();
    }

    private OldestPostgres() {}

    /// Its URL with the superuser's name; aborts the test with a message where it is not installed.
    public static DatabaseUrl url() {
        Assumptions.assumeTrue(
                Files.isExecutable(FOLDER.resolve("postgres")),
                "Not shown on PostgreSQL 15, which is not in " + FOLDER
                        + ": install postgresql-15, or name its folder by -Dtarn.oldest.postgres");
        return Server.URL;
    }

    private static DatabaseUrl start() {
        try {
            Path data = Files.createTempDirectory("tarn-oldest-postgres-");
            Path output =
                    Files.createDirectories(Path.of("target").toAbsolutePath()).resolve("oldest-postgres.out");
            int exit = command(
                            output,
                            "initdb",
                            "-D",
                            data.toString(),
                            "-U",
                            "postgres",
                            "-A",
                            "trust",
                            "-N",
                            "-E",
                            "UTF8")
                    .start()
                    .waitFor();
            assertThat(exit).as("initdb, see %s", output).isZero();
            int port = Program.freePort();
            Process server = command(
                            output,
                            "postgres",
                            "-D",
                            data.toString(),
                            "-p",
                            Integer.toString(port),
                            "-c",
                            "listen_addresses=127.0.0.1",
                            "-c",
                            "unix_socket_directories=",
                            "-c",
                            "fsync=off",
                            "-c",
                            "max_connections=60")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data)));
            DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
            Eventually.within(START, () -> answers(url));
            return url;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static ProcessBuilder command(Path output, String program, String... arguments) {
        List<String> command = new ArrayList<>(System.getProperty("user.name").equals("root") ? AS_NOBODY : List.of());
        command.add(FOLDER.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    }

    private static boolean answers(DatabaseUrl url) {
        try (Connection connection = TestDatabase.connect(url)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static void stop(Process server, Path data) {
        server.destroyForcibly();
        server.onExit().join();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            // A temporary folder.
        }
    }
}
