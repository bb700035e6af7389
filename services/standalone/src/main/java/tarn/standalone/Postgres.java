package tarn.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tarn.platform.Secret;
import tarn.platform.database.DatabaseUrl;

/// The embedded PostgreSQL: one server on the data folder, on loopback only, with password and full
/// durability, restarted when it ends unexpectedly.
///
/// It is controlled by `initdb` and `pg_ctl`; the latter detaches it from the terminal, so that
/// Ctrl-C stops the services before the server.
final class Postgres implements AutoCloseable {

    private static final String USER = "postgres";
    private static final String VERSION_FILE = "PG_VERSION";
    private static final String PID_FILE = "postmaster.pid";
    private static final String PORT_FILE = "postgres.port";
    private static final int ATTEMPTS = 20;

    /// Connections of one process of each service.
    private static final int MAX_OF_SERVICES = 36;

    /// Connections of the operator and of this process.
    private static final int MAX_OTHERS = 24;

    /// Messages of a start while the previous server is still stopping, after which it is retried.
    private static final List<String> STILL_GOING =
            List.of("pre-existing shared memory block", "lock file \"" + PID_FILE + "\" already exists");

    /// Given on the command line, so that configuration files cannot override it.
    private static final List<String> CONFIGURATION = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "shared_buffers=128MB",
            "max_wal_size=512MB",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "logging_collector=on",
            "log_directory=log",
            "log_filename=postgresql-%a.log",
            "log_truncate_on_rotation=on",
            "log_rotation_age=1d",
            "log_checkpoints=off",
            "log_min_error_statement=panic");

    private final DataFolder home;
    private final Path data;
    private final PostgresPrograms programs;
    private final PostgresUser account;
    private final Secret password;
    private final int maxConnections;
    private final RestartBackoff backoff = new RestartBackoff();
    private final CountDownLatch closing = new CountDownLatch(1);
    private int port;

    /// The running `pg_ctl start`; null for none.
    private volatile @Nullable Process starting;

    private Postgres(
            DataFolder home,
            Path data,
            PostgresPrograms programs,
            PostgresUser account,
            Secret password,
            int maxConnections) {
        this.maxConnections = maxConnections;
        this.home = home;
        this.data = data;
        this.programs = programs;
        this.account = account;
        this.password = password;
    }

    /// Starts the server, creating its data folder if necessary.
    ///
    /// @param replicas processes of each service that connect to it
    /// @throws CannotStart with PostgreSQL's reason
    static Postgres start(DataFolder home, Secret password, int replicas) {
        Path data = home.path("postgres");
        PostgresUser account = PostgresUser.forFolder(data);
        int maxConnections = MAX_OTHERS + replicas * MAX_OF_SERVICES;
        Postgres postgres = new Postgres(home, data, PostgresPrograms.in(home), account, password, maxConnections);
        try {
            postgres.initialise();
            postgres.requireVersion();
            postgres.endLeftover();
            account.own(data);
            postgres.port = postgres.chosenPort();
            postgres.startServer(true);
            home.write(PORT_FILE, Integer.toString(postgres.port));
            postgres.watch();
            return postgres;
        } catch (IOException failure) {
            throw CannotStart.because(failure, data);
        }
    }

    /// Its URL with the superuser's credentials.
    DatabaseUrl url() {
        return new DatabaseUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
    }

    /// Creates the cluster under a temporary name, so that a folder with the final name is
    /// complete.
    private void initialise() throws IOException {
        if (Files.exists(data)) {
            return;
        }
        Path draft = home.path("postgres.new");
        FileTree.delete(draft);
        Files.createDirectory(draft);
        account.own(draft);
        CommandResult outcome = run(
                password.value(),
                programs.program("initdb"),
                "--pgdata=" + draft,
                "--username=" + USER,
                "--pwfile=/dev/stdin",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        if (outcome.code() != 0) {
            FileTree.delete(draft);
            throw failed("PostgreSQL cannot make its data folder", outcome.output());
        }
        home.move(draft, data);
    }

    private void requireVersion() throws IOException {
        Path file = data.resolve(VERSION_FILE);
        if (!Files.exists(file)) {
            throw new CannotStart(data + " is there, but no data folder of PostgreSQL: move it away, or choose another "
                    + "folder with TARN_HOME.");
        }
        String version = Files.readString(file).strip();
        if (!version.equals(PostgresPrograms.MAJOR_VERSION)) {
            throw new CannotStart(data + " was written by PostgreSQL " + version + ", this Tarn brings "
                    + PostgresPrograms.MAJOR_VERSION + ": start the Tarn that wrote it, or move " + data
                    + " away and load a dump of it.");
        }
    }

    /// Stops a server left behind by a killed process; the folder's lock guarantees that nobody
    /// else uses it.
    private void endLeftover() throws IOException {
        Optional<ProcessHandle> process = postmaster();
        if (process.isEmpty()) {
            return;
        }
        String folder = data.toString();
        boolean ours = process.get()
                .info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(folder))
                .orElse(false);
        if (ours) {
            stopServer();
        } else {
            // The number has gone to another program since: the server would take that for itself.
            Files.delete(data.resolve(PID_FILE));
        }
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        Path file = data.resolve(PID_FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())));
        } catch (NumberFormatException foreign) {
            Files.delete(file);
            return Optional.empty();
        }
    }

    /// @param anyPort whether another port may be used: not once the services know it
    private void startServer(boolean anyPort) throws IOException {
        Path log = data.resolve("start.log");
        for (int attempt = 1; ; attempt++) {
            Files.deleteIfExists(log);
            long before = logged();
            List<String> options = new ArrayList<>(List.of("-p", Integer.toString(port)));
            CONFIGURATION.forEach(setting -> options.addAll(List.of("-c", '\'' + setting + '\'')));
            options.addAll(List.of("-c", "max_connections=" + maxConnections));
            CommandResult outcome = run(
                    "",
                    programs.program("pg_ctl"),
                    "start",
                    "--wait",
                    "--timeout=300",
                    "--pgdata=" + data,
                    "--log=" + log,
                    "--options=" + String.join(" ", options));
            if (outcome.code() == 0) {
                return;
            }
            String said = outcome.output() + (Files.exists(log) ? Files.readString(log) : "") + logSince(before);
            if (attempt == ATTEMPTS || isClosing()) {
                throw failed("PostgreSQL does not start", said);
            }
            if (anyPort && said.contains("could not bind")) {
                port = Ports.claimAny();
            } else if (STILL_GOING.stream().noneMatch(said::contains)) {
                throw failed("PostgreSQL does not start", said);
            }
            awaitClosing(Duration.ofMillis(500));
        }
    }

    /// The port of the last start, if free.
    private int chosenPort() {
        String last = home.read(PORT_FILE);
        if (last != null && last.strip().matches("[1-9][0-9]{0,4}")) {
            int lastPort = Integer.parseInt(last.strip());
            if (lastPort <= 65_535 && Ports.isFree(lastPort)) {
                return lastPort;
            }
        }
        return Ports.claimAny();
    }

    private void watch() {
        backoff.ready(System.nanoTime());
        Thread.ofVirtual().name("watch-postgres").start(this::keepRunning);
    }

    /// Restarts the server whenever it ends unexpectedly, as when memory or disk runs out, while
    /// the data folder exists; meanwhile requests get 503.
    private void keepRunning() {
        while (!isClosing()) {
            awaitEnd();
            Duration pause = backoff.pauseAfterEnd(System.nanoTime());
            if (isClosing()) {
                return;
            }
            if (!Files.exists(data.resolve(VERSION_FILE))) {
                Console.say("PostgreSQL has ended, and its data folder " + data + " is gone: Tarn stops.");
                Console.exit(1);
                return;
            }
            Console.say("PostgreSQL does not run and is started again in " + pause.toMillis() + " ms. Its log: "
                    + data.resolve("log"));
            if (!awaitClosing(pause)) {
                startAgain();
            }
        }
    }

    private void awaitEnd() {
        try {
            postmaster().ifPresent(process -> process.onExit().join());
        } catch (IOException unreadable) {
            Console.say(data.resolve(PID_FILE) + " cannot be read: " + unreadable.getMessage());
        }
    }

    private synchronized void startAgain() {
        if (isClosing()) {
            return;
        }
        try {
            startServer(false);
            backoff.ready(System.nanoTime());
            Console.say("PostgreSQL runs again.");
        } catch (IOException | RuntimeException failure) {
            if (!isClosing()) {
                Console.say(String.valueOf(failure.getMessage()));
            }
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /// Waits for the end of this process; false after the timeout.
    private boolean awaitClosing(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// Stops the server, cutting connections but keeping all commits; a running start is aborted.
    @Override
    public void close() {
        closing.countDown();
        Process start = starting;
        if (start != null) {
            start.destroy();
        }
        synchronized (this) {
            try {
                stopServer();
            } catch (IOException failure) {
                throw CannotStart.because(failure, data);
            }
        }
    }

    private void stopServer() throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            CommandResult outcome = run(
                    "",
                    programs.program("pg_ctl"),
                    "stop",
                    "--wait",
                    "--timeout=30",
                    "--mode=" + mode,
                    "--pgdata=" + data);
            if (outcome.code() == 0 || postmaster().isEmpty()) {
                return;
            }
        }
    }

    private record CommandResult(int code, String output) {}

    private CommandResult run(String input, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(account.command(List.of(command)))
                .redirectErrorStream(true)
                .directory(home.folder().toFile());
        // Its messages are looked into: not in the operator's language.
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("TARN_"));
        // pg_ctl's child keeps what it inherits, so that a pipe would not end with pg_ctl.
        Path output = home.path("output.new");
        try {
            Process process = process(builder, output);
            starting = List.of(command).contains("start") ? process : null;
            try (var stdin = process.getOutputStream()) {
                stdin.write((input + '\n').getBytes(StandardCharsets.UTF_8));
            } catch (IOException ended) {
                // It did not want to read: what it has to say is in its output.
            }
            int code = process.waitFor();
            return new CommandResult(code, Files.exists(output) ? Files.readString(output) : "");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while PostgreSQL was asked", stopped);
        } finally {
            starting = null;
            Files.deleteIfExists(output);
        }
    }

    /// Without output when the disk is full, so that the server can still be stopped.
    private static Process process(ProcessBuilder builder, Path output) throws IOException {
        try {
            Files.deleteIfExists(output);
            Files.createFile(output);
            builder.redirectOutput(output.toFile());
        } catch (IOException full) {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        }
        return builder.start();
    }

    private Optional<Path> newestLog() throws IOException {
        Path folder = data.resolve("log");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.max(Comparator.comparingLong(file -> file.toFile().lastModified()));
        }
    }

    private long logged() throws IOException {
        Optional<Path> log = newestLog();
        return log.isPresent() ? Files.size(log.get()) : 0;
    }

    /// The server's log after that many bytes.
    private String logSince(long before) throws IOException {
        Optional<Path> log = newestLog();
        if (log.isEmpty()) {
            return "";
        }
        byte[] all = Files.readAllBytes(log.get());
        int from = before <= all.length ? (int) before : 0;
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    private CannotStart failed(String what, String said) {
        if (CannotStart.isFullDisk(said)) {
            return CannotStart.fullDisk(home.folder());
        }
        return new CannotStart(what + ": " + reason(said) + " Its log: " + data.resolve("log"));
    }

    /// The last line with PostgreSQL's error.
    private static String reason(String said) {
        @Nullable String last = null;
        for (String line : said.split("\n", -1)) {
            if (line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:")) {
                last = line.replaceFirst("^.*?(FATAL|PANIC|error): *", "");
            }
        }
        return last == null ? "it does not say why." : last + '.';
    }
}
