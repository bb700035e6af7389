package tarn.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A service in a process of its own, restarted after 0.5 to 30 s when it ends by itself.
///
/// It ends with this process, through a pipe that breaks. Secrets are passed in the environment,
/// which other users cannot read, unlike a command line.
final class ServiceProcess implements AutoCloseable {

    private static final Duration MAX_START = Duration.ofSeconds(60);
    private static final long POLL = 50;

    /// Starts the process without Ctrl-C, which reaches all processes of a terminal, because the
    /// supervisor stops the services in order.
    private static final List<String> IGNORING_CTRL_C = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private static final List<String> HEAP = List.of("-Xms48m", "-Xmx160m");

    private final String name;
    private final Path options;
    private final Path program;
    private final URI address;
    private final Map<String, String> environment;
    private final Path folder;
    private final StartedProcesses started;
    private final Shutdown shutdown;
    private final RestartBackoff backoff = new RestartBackoff();
    private @Nullable Process process;
    private boolean closing;

    /// @param options file of JVM options
    /// @param address where it will listen
    /// @param environment all its `TARN_` variables
    /// @param folder working directory, without settings
    ServiceProcess(
            String name,
            Path options,
            Path program,
            URI address,
            Map<String, String> environment,
            Path folder,
            StartedProcesses started,
            Shutdown shutdown) {
        this.name = name;
        this.options = options;
        this.program = program;
        this.address = address;
        this.environment = environment;
        this.folder = folder;
        this.started = started;
        this.shutdown = shutdown;
    }

    URI address() {
        return address;
    }

    /// Starts the process; [#awaitReady] must follow.
    synchronized void start() {
        if (closing) {
            return;
        }
        List<String> command = new ArrayList<>(IGNORING_CTRL_C);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HEAP);
        command.add("@" + options);
        command.addAll(Logs.arguments(name));
        command.addAll(List.of("-jar", program.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("TARN_"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
            started.add(name, process.toHandle());
        } catch (IOException failure) {
            throw new CannotStart("The " + name + " service cannot be started: " + failure.getMessage(), failure);
        }
    }

    /// Restarts the process whenever it ends by itself, with a backoff.
    private void watch() {
        backoff.ready(System.nanoTime());
        while (awaitEnd() && !shutdown.await(sayPause())) {
            try {
                start();
                awaitReadyAgain();
            } catch (CannotStart failure) {
                Console.say(String.valueOf(failure.getMessage()));
            }
        }
    }

    /// Waits for the end of the process; false when that was asked for.
    private boolean awaitEnd() {
        try {
            process().waitFor();
            return !isClosing() && !shutdown.isRequested();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private long sayPause() {
        long pause = backoff.pauseAfterEnd(System.nanoTime()).toMillis();
        Console.say("The " + name + " service has ended (" + process().exitValue() + ") and is started again in "
                + pause + " ms.");
        return pause;
    }

    private void awaitReadyAgain() {
        ReadyProbe probe = new ReadyProbe(address);
        while (process().isAlive() && !probe.isReady()) {
            if (shutdown.await(POLL)) {
                return;
            }
        }
        if (process().isAlive()) {
            backoff.ready(System.nanoTime());
            Console.say("The " + name + " service runs again.");
        }
    }

    private synchronized Process process() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /// Waits until the service is ready or this process ends, and supervises it from then on.
    void awaitReady() {
        ReadyProbe probe = new ReadyProbe(address);
        long until = System.nanoTime() + MAX_START.toNanos();
        while (!probe.isReady()) {
            if (!process().isAlive() && !shutdown.isRequested()) {
                throw new CannotStart("The " + name + " service does not start; it says why above.");
            }
            if (System.nanoTime() > until) {
                throw new CannotStart("The " + name + " service is not ready after " + MAX_START.toSeconds()
                        + " seconds; it may say why above.");
            }
            if (shutdown.await(POLL)) {
                return;
            }
        }
        Thread.ofVirtual().name("watch-" + name).start(this::watch);
    }

    /// Tells the service to end after its running requests; [#close] must follow.
    synchronized void end() {
        closing = true;
        if (process != null) {
            // Not Process.destroy(), which breaks the pipe as well.
            process.toHandle().destroy();
        }
    }

    /// Stops the service after its running requests.
    @Override
    public void close() {
        end();
        Process last;
        synchronized (this) {
            last = process;
        }
        if (last != null) {
            StartedProcesses.awaitEnd(last.toHandle());
        }
    }
}
