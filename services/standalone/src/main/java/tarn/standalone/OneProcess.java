package tarn.standalone;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/// Runs all services in this process, as one Quarkus application, of which a part starts before
/// settings and database are known.
record OneProcess(ServiceSettings services, Shutdown shutdown) implements Topology {

    private static final Duration WARN_AFTER = Duration.ofSeconds(30);

    /// 10 s for running requests, as much for everything else.
    private static final Duration MAX_STOP = Duration.ofSeconds(20);

    private static final long POLL_MILLIS = 20;

    /// Static, because the framework creates [Running].
    private static volatile Runnable announcement = () -> {};

    /// The part of the start that needs neither settings nor database: the static initializer of
    /// Quarkus' generated class.
    private static final FutureTask<?> FIRST_HALF =
            new FutureTask<>(() -> Class.forName(Application.APP_CLASS_NAME, true, OneProcess.class.getClassLoader()));

    /// Starts the first half in parallel with everything else; [#run] waits for it.
    static void begin() {
        // Made here: two threads that need it first could wait for each other.
        var _ = LogManager.getLogManager();
        Thread.ofPlatform().name("begin").daemon().start(FIRST_HALF);
    }

    @Override
    public void run(Runnable whenReady) {
        if (shutdown.isRequested()) {
            return;
        }
        announcement = () -> announce(whenReady);
        services.together().forEach(System::setProperty);
        awaitFirstHalf();
        Throwable thrown = runApplication();
        if (thrown != null && !shutdown.isRequested()) {
            throw StartupDiagnosis.of(thrown);
        }
    }

    /// Waits for the end of the application, after a signal no longer than [#MAX_STOP]: it writes its
    /// last log line to standard error, which blocks where nobody reads.
    ///
    /// @return why it did not start, else `null`
    private @Nullable Throwable runApplication() {
        CompletableFuture<@Nullable Throwable> ended = new CompletableFuture<>();
        Thread.ofPlatform().name("application").daemon().start(() -> {
            try {
                Quarkus.run(Running.class, (_, thrown) -> ended.complete(thrown));
            } finally {
                ended.complete(null);
            }
        });
        CompletableFuture.anyOf(ended, shutdown.requested()).join();
        return ended.completeOnTimeout(null, MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /// Waits until requests are answered quickly: the first call between services can take seconds
    /// on a busy machine.
    private void announce(Runnable whenReady) {
        ReadyProbe probe = new ReadyProbe(services.settings().here());
        long warnAt = System.nanoTime() + WARN_AFTER.toNanos();
        boolean warned = false;
        while (!probe.isReady()) {
            if (!warned && System.nanoTime() > warnAt) {
                Console.say("Tarn is not ready after " + WARN_AFTER.toSeconds() + " seconds; " + probe.url()
                        + " says why.");
                warned = true;
            }
            if (shutdown.await(POLL_MILLIS)) {
                return;
            }
        }
        whenReady.run();
    }

    private static void awaitFirstHalf() {
        FIRST_HALF.run();
        try {
            FIRST_HALF.get();
        } catch (ExecutionException failure) {
            throw StartupDiagnosis.of(Objects.requireNonNull(failure.getCause()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /// Runs once the services are started.
    public static final class Running implements QuarkusApplication {

        @Override
        public int run(String... arguments) {
            announcement.run();
            Quarkus.waitForExit();
            return 0;
        }
    }
}
