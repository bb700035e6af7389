package tarn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The built Tarn as an operator runs it, with its own data folder and ports.
public final class Program {

    /// How the services are divided into processes.
    public enum Topology {
        /// All in one process.
        ONE,
        /// Each in a process of its own.
        SPLIT
    }

    /// Environment of a short-lived program: only the C1 compiler, because C2 does not pay off
    /// within a minute.
    public static final Map<String, String> QUICK = Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

    /// Environment of a program whose memory is measured: without the coverage agent.
    public static final Map<String, String> WITHOUT_COVERAGE = Map.of("TEST_COVERAGE", "none");

    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final int START_SECONDS = 300;
    private static final int STOP_SECONDS = 60;
    private static final int POLL_MILLISECONDS = 50;

    private final Repository repository;
    private final Topology shape;
    private final int replicas;
    private final Map<String, String> environment;
    private final Path home;
    private final int port;
    private final @Nullable Path output;
    private final Process process;

    private Program(
            Repository repository,
            Topology shape,
            int replicas,
            Map<String, String> environment,
            Path home,
            int port,
            @Nullable Path output,
            Process process) {
        this.repository = repository;
        this.shape = shape;
        this.replicas = replicas;
        this.environment = environment;
        this.home = home;
        this.port = port;
        this.output = output;
        this.process = process;
    }

    /// Starts the program on a new data folder and waits until it is ready.
    ///
    /// @param environment added to this process's own
    public static Program start(Topology shape, Map<String, String> environment) {
        return startOn(newHome(), shape, environment);
    }

    /// Starts the program on an existing data folder and waits until it is ready.
    public static Program startOn(Path home, Topology shape, Map<String, String> environment) {
        return startFrom(Repository.here(), home, shape, 1, environment);
    }

    /// Starts the program on a new data folder with an output that nobody reads, and waits until it
    /// is ready.
    public static Program startUnread(Topology shape, Map<String, String> environment) {
        Program program = launch(Repository.here(), newHome(), freePort(), shape, 1, environment, null);
        program.awaitReady();
        return program;
    }

    /// Starts two of every service on a new data folder and waits until all are ready.
    public static Program startTwoOfEach(Map<String, String> environment) {
        return startFrom(Repository.here(), newHome(), Topology.SPLIT, 2, environment);
    }

    /// Starts the program built in another repository on a new data folder and waits until it is
    /// ready.
    public static Program startFrom(Repository repository, Topology shape, Map<String, String> environment) {
        return startFrom(repository, newHome(), shape, 1, environment);
    }

    private static Program startFrom(
            Repository repository, Path home, Topology shape, int replicas, Map<String, String> environment) {
        Program program = launch(repository, home, freePorts(replicas), shape, replicas, environment);
        program.awaitReady();
        return program;
    }

    /// Starts the program without waiting, for starts that must fail.
    public static Program launch(Path home, int port, Topology shape, Map<String, String> environment) {
        return launch(Repository.here(), home, port, shape, 1, environment);
    }

    private static Program launch(
            Repository repository, Path home, int port, Topology shape, int replicas, Map<String, String> environment) {
        try {
            Path output = Files.createDirectories(Path.of("target").toAbsolutePath())
                    .resolve("tarn-" + STARTED.incrementAndGet() + ".out");
            return launch(repository, home, port, shape, replicas, environment, output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @param output file; null for a pipe that nobody reads
    private static Program launch(
            Repository repository,
            Path home,
            int port,
            Topology shape,
            int replicas,
            Map<String, String> environment,
            @Nullable Path output) {
        try {
            List<String> command = new ArrayList<>(
                    Boolean.getBoolean("tarn.launched") ? launched(repository) : built(repository, environment));
            command.addAll(List.of("--port", Integer.toString(port)));
            if (shape == Topology.SPLIT) {
                command.add("--split");
            }
            if (replicas > 1) {
                command.addAll(List.of("--replicas", Integer.toString(replicas)));
            }
            return new Program(
                    repository,
                    shape,
                    replicas,
                    environment,
                    home,
                    port,
                    output,
                    process(command, environment, home, output));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Runs a command that ends by itself, on a data folder.
    ///
    /// @param command as after `./tarn`, which must have been built
    /// @return its exit code and output
    public static Program run(Path home, Map<String, String> environment, String... command) {
        try {
            Path output = Files.createTempFile(home, "command-", ".out");
            List<String> all = new ArrayList<>(built(Repository.here(), environment));
            all.addAll(List.of(command));
            return new Program(
                    Repository.here(),
                    Topology.ONE,
                    1,
                    environment,
                    home,
                    0,
                    output,
                    process(all, environment, home, output));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A new, empty data folder.
    public static Path newHome() {
        try {
            return Files.createTempDirectory("tarn-home-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// A free port from 10000 to 19999: below the ports of outgoing connections, and none that Tarn
    /// chooses by itself, so that nothing has it before the program listens.
    public static int freePort() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
        } while (!isFree(port));
        return port;
    }

    private static boolean isFree(int port) {
        try {
            new ServerSocket(port).close();
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The first of free ports in a row.
    private static int freePorts(int count) {
        int port = freePort();
        for (int next = port + 1; next < port + count; next++) {
            try {
                new ServerSocket(next).close();
            } catch (IOException | IllegalArgumentException taken) {
                return freePorts(count);
            }
        }
        return port;
    }

    private static Process process(
            List<String> command, Map<String, String> environment, Path home, @Nullable Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        output == null ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.to(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TARN_") || name.startsWith("QUARKUS_"));
        builder.environment().put("TARN_HOME", home.toString());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        // It ends with this JVM, however that ends.
        builder.environment().put("TARN_PARENT", "stdin");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// The command line of the launcher, as an operator uses it.
    private static List<String> launched(Repository repository) {
        return List.of(repository.root().resolve("tarn").toString(), "up");
    }

    /// The command line of the classes built so far, for use while the launcher would build.
    private static List<String> built(Repository repository, Map<String, String> environment) {
        Path services = repository.root().resolve("services");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String coverage = System.getProperty("tarn.coverage.agent", "");
        if (!coverage.isBlank() && !environment.containsKey("TEST_COVERAGE")) {
            command.add(coverage);
        }
        command.addAll(List.of(
                "-Xms64m",
                "-Xmx256m",
                "@" + services.resolve("jvm.options"),
                "-Dtarn.apps=" + services,
                "-jar",
                services.resolve("standalone/target/quarkus-app/quarkus-run.jar")
                        .toString()));
        return command;
    }

    /// Its base URL.
    public URI url() {
        return URI.create("http://localhost:" + port);
    }

    /// The base URL of each gateway.
    public List<URI> gateways() {
        return IntStream.range(port, port + replicas)
                .mapToObj(each -> URI.create("http://localhost:" + each))
                .toList();
    }

    /// Its data folder.
    public Path home() {
        return home;
    }

    /// All output so far; nothing of a program whose output nobody reads.
    public String output() {
        return output == null ? "" : Repository.text(output);
    }

    /// Its process: the only one, or the supervisor.
    public ProcessHandle process() {
        return process.toHandle();
    }

    /// Starts the program again after [#kill] or [#stop].
    public Program again() {
        return startFrom(repository, home, shape, replicas, environment);
    }

    /// Waits until the readiness check passes.
    public void awaitReady() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                kill();
                throw new AssertionError("Tarn did not start:\n" + output());
            }
            pause();
        }
    }

    /// Whether the readiness check passes and the ready message was printed.
    public boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) url().resolve("/health/ready").toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK
                    && (output == null || output().contains("Tarn is ready"));
        } catch (IOException notYet) {
            return false;
        }
    }

    /// Waits for the process to end by itself.
    ///
    /// @return its exit code
    public int awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("Tarn did not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /// Stops the program as an operator does, by a signal.
    ///
    /// @return its exit code
    public int stop() {
        // Not Process.destroy(), which breaks the pipe as well.
        process().destroy();
        return awaitEnd();
    }

    /// `kill -9` of its process only; child processes stay.
    public void killAlone() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// `kill -9` of all its processes, PostgreSQL included, as in a power failure.
    public void kill() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        ProcessHandle postgres = postmaster();
        if (postgres != null) {
            all.add(postgres);
            all.addAll(postgres.descendants().toList());
        }
        all.addFirst(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(
                each -> each.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join());
    }

    /// `kill -9` of one service, where services run apart.
    public void kill(String service) {
        ProcessHandle one = process(service);
        one.destroyForcibly();
        one.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Where other services reach one.
    public URI url(String service) {
        return shape == Topology.ONE
                ? url()
                : URI.create("http://127.0.0.1:" + environment(service).get("TARN_PORT"));
    }

    /// The environment of a service's process, where services run apart; Linux only.
    public Map<String, String> environment(String service) {
        return environment(process(service));
    }

    /// The environment of a process; Linux only.
    public static Map<String, String> environment(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
        Map<String, String> variables = new TreeMap<>();
        for (String variable : Repository.text(file).split("\0", -1)) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return variables;
    }

    /// The running processes of a service, where services run apart.
    public List<ProcessHandle> processes(String service) {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("/" + service + "/target/"))
                .toList();
    }

    private ProcessHandle process(String service) {
        return processes(service).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("No process runs " + service));
    }

    /// The embedded PostgreSQL; null when it does not run.
    public @Nullable ProcessHandle postmaster() {
        Path file = home.resolve("postgres/postmaster.pid");
        if (!Files.isRegularFile(file)) {
            return null;
        }
        String line = Repository.text(file).lines().findFirst().orElse("");
        return line.isEmpty() ? null : ProcessHandle.of(Long.parseLong(line)).orElse(null);
    }

    /// Kills remaining processes and deletes the data folder; output stays in `target` until the
    /// next run.
    public void remove() {
        kill();
        try {
            Files.walkFileTree(home, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
