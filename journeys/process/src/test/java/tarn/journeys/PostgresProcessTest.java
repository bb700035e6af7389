package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tarn.testing.Api;
import tarn.testing.Program;

/// The embedded PostgreSQL dies or cannot write: requests are refused with 503, never 500, the process stays, and
/// all works again by itself.
class PostgresProcessTest {

    private static final String PASSWORD = "granite lake 42 northwind";
    private static final int RECOVERY_SECONDS = 60;

    @ParameterizedTest
    @EnumSource(Program.Topology.class)
    @Tag("long")
    void comesBackHoweverOftenItDies(Program.Topology shape) throws IOException {
        Program program = Program.start(shape, Program.QUICK);
        try {
            Api api = signedIn(program);
            Set<Integer> seen = new TreeSet<>();
            for (int death = 1; death <= 7; death++) {
                kill(postmaster(program));
                awaitCreated(api, seen);
            }
            assertThat(seen).isSubsetOf(201, 503);
            assertThat(program.process().isAlive()).isTrue();
            assertThat(program.stop()).isEqualTo(143);
            assertThat(program.home().resolve("postgres/postmaster.pid")).doesNotExist();
        } finally {
            program.remove();
        }
    }

    @Test
    void endsAtOnceWhilePostgresDoesNotStart() throws IOException {
        Program program = Program.start(Program.Topology.ONE, Program.QUICK);
        try {
            Path control = program.home().resolve("postgres/global/pg_control");
            Path away = control.resolveSibling("pg_control.away");
            Files.move(control, away);
            kill(postmaster(program));
            await(() -> program.output().contains("PostgreSQL does not start"));

            long before = System.nanoTime();
            assertThat(program.stop()).isEqualTo(143);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before))
                    .isLessThan(30);
        } finally {
            program.remove();
        }
    }

    @Test
    @Tag("long")
    void aFullDiskPasses() throws Exception {
        Path home = Program.newHome();
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=420m,mode=700", "tmpfs", home.toString()))
                .as("A small disk could not be mounted: a full one was not tried")
                .isZero();
        Program program = Program.startOn(home, Program.Topology.ONE, Program.QUICK);
        try {
            Api api = signedIn(program);
            Path ballast = home.resolve("ballast");
            fill(ballast);
            Set<Integer> seen = new TreeSet<>();
            String text = "x".repeat(9_000);
            for (int i = 0; i < 4_000 && !seen.contains(503); i++) {
                seen.add(api.post("/api/projects", Map.of("name", "Full", "description", text))
                        .status());
            }
            assertThat(seen).isSubsetOf(201, 503).contains(503);
            assertThat(program.process().isAlive()).isTrue();

            Files.delete(ballast);
            awaitCreated(api, seen);
            assertThat(seen).isSubsetOf(201, 503);
            assertThat(program.stop()).isEqualTo(143);
        } finally {
            program.kill();
            run("umount", "-l", home.toString());
            Files.deleteIfExists(home);
        }
    }

    private static void fill(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer megabyte = ByteBuffer.allocate(1 << 20);
            while (true) {
                megabyte.clear();
                channel.write(megabyte);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static Api signedIn(Program program) {
        Api anonymous = Api.at(program.url());
        Map<String, String> ada = Map.of("name", "ada", "email", "ada@example.test", "password", PASSWORD);
        assertThat(anonymous.post("/api/users", ada).status()).isEqualTo(201);
        return anonymous.bearer(anonymous
                .post("/api/sessions", Map.of("email", "ada@example.test", "password", PASSWORD, "grant", "token"))
                .at("/accessToken"));
    }

    /// Creates projects until one is there, after each pause of 100 ms.
    private static void awaitCreated(Api api, Set<Integer> seen) {
        await(() -> {
            int status = api.post("/api/projects", Map.of("name", "Again")).status();
            seen.add(status);
            return status == 201;
        });
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(RECOVERY_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static ProcessHandle postmaster(Program program) throws IOException {
        Path file = program.home().resolve("postgres/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().orTimeout(RECOVERY_SECONDS, TimeUnit.SECONDS).join();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
