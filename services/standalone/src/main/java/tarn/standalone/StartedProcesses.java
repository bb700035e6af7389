package tarn.standalone;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// The service processes that were started on a data folder, written down in it, so that the next
/// start can end those whose supervisor was killed.
final class StartedProcesses {

    private static final String FILE = "processes";

    /// The system's clock may have been corrected since a process was started.
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    /// Requests in flight have ten seconds.
    private static final int MAX_LINGER_SECONDS = 12;

    private final Home home;
    private final Map<String, ProcessHandle> running = new LinkedHashMap<>();

    private StartedProcesses(Home home) {
        this.home = home;
    }

    static StartedProcesses in(Home home) {
        return new StartedProcesses(home);
    }

    /// Waits for what a killed supervisor has left to end, which it does by itself, or ends it.
    void endLeftovers() {
        String text = home.read(FILE);
        if (text == null || text.isBlank()) {
            return;
        }
        text.lines().map(StartedProcesses::find).flatMap(Optional::stream).forEach(StartedProcesses::awaitEnd);
        home.write(FILE, "");
    }

    /// Writes down that a service's process was started, in place of its last one.
    synchronized void add(String service, ProcessHandle process) {
        running.put(service, process);
        home.write(FILE, running.values().stream().map(StartedProcesses::line).collect(Collectors.joining("\n")));
    }

    /// None is left.
    synchronized void clear() {
        running.clear();
        home.write(FILE, "");
    }

    private static String line(ProcessHandle process) {
        return process.pid() + " " + start(process).toEpochMilli();
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /// The process of a line, when it is still that one: numbers are given again.
    private static Optional<ProcessHandle> find(String line) {
        String[] parts = line.split(" ", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            Instant start = Instant.ofEpochMilli(Long.parseLong(parts[1]));
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(process ->
                            Duration.between(start, start(process)).abs().compareTo(TOLERANCE) < 0);
        } catch (NumberFormatException foreign) {
            return Optional.empty();
        }
    }

    /// Waits for a process to end, and ends it by force when it takes too long.
    static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(MAX_LINGER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException slow) {
            process.destroyForcibly();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
