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

/// Records the service processes in the data folder, so that the next start can await those whose
/// supervisor was killed, for 12 s, and then kill them.
final class StartedProcesses {

    private static final String FILE = "processes";

    /// The system's clock may be corrected after a process has started.
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    /// Running requests get 10 s.
    private static final int MAX_LINGER_SECONDS = 12;

    private final DataFolder home;
    private final Map<String, ProcessHandle> running = new LinkedHashMap<>();

    private StartedProcesses(DataFolder home) {
        this.home = home;
    }

    static StartedProcesses in(DataFolder home) {
        return new StartedProcesses(home);
    }

    /// Waits for processes left behind by a killed supervisor, which stop by themselves, and kills
    /// late ones.
    void endLeftovers() {
        String text = home.read(FILE);
        if (text == null || text.isBlank()) {
            return;
        }
        text.lines().map(StartedProcesses::find).flatMap(Optional::stream).forEach(StartedProcesses::awaitEnd);
        home.write(FILE, "");
    }

    /// Records a service's process in place of its previous one.
    synchronized void add(String service, ProcessHandle process) {
        running.put(service, process);
        home.write(FILE, running.values().stream().map(StartedProcesses::line).collect(Collectors.joining("\n")));
    }

    /// Deletes the record, when no process is left.
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

    /// The process of a record, if it is still the same one: the operating system reuses ids.
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

    /// Waits for a process to end, and kills it when late.
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
