package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarn.testing.Program;

/// Starts that are refused: one line, at once.
class RefusalsProcessTest {

    @TempDir
    Path home;

    @Test
    void aPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertRefused(port, Map.of(), "tarn: Port " + port + " is in use");
        }
    }

    @Test
    void aSettingThatIsNotUnderstood() {
        assertRefused(
                Program.freePort(), Map.of("TARN_RATE_LIMIT", "lots"), "tarn: TARN_RATE_LIMIT is not a whole number");
    }

    @Test
    void aDatabaseThatDoesNotAnswer() {
        assertRefused(
                Program.freePort(),
                Map.of("TARN_DATABASE_URL", "postgresql://nobody:nothing@127.0.0.1:1/none"),
                "tarn: No PostgreSQL answers at the address in TARN_DATABASE_URL.");
    }

    @Test
    void aDataFolderOfAnotherPostgres() throws IOException {
        Files.createDirectory(home.resolve("postgres"));
        Files.writeString(home.resolve("postgres/PG_VERSION"), "17\n");

        assertRefused(
                Program.freePort(),
                Map.of("TARN_SECRET", "a-secret-of-tests-with-forty-characters!"),
                "tarn: " + home + "/postgres was written by PostgreSQL 17");
    }

    private void assertRefused(int port, Map<String, String> environment, String line) {
        Program program = Program.launch(home, port, Program.Topology.ONE, environment);

        int code = program.awaitEnd();

        assertThat(code).isEqualTo(1);
        assertThat(program.output().strip()).startsWith(line).hasLineCount(1);
    }
}
