package tarn.standalone;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// All services in this process.
record OneProcess(Services services, Ending ending) implements Shape {

    /// Told through a static field, because the framework makes the [Running] itself.
    private static volatile Runnable announcement = () -> {};

    /// Begins, beside whatever else there is to do, with what the start of the services needs neither settings nor a
    /// database for: the initializer of the class that the framework generates. [#run] waits for its end, and says
    /// what went wrong.
    static void begin() {
        Thread.ofPlatform().name("begin").daemon().start(() -> {
            try {
                Class.forName(Application.APP_CLASS_NAME, true, OneProcess.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError failure) {
                // It will not run either.
            }
        });
    }

    @Override
    public void run(Runnable whenReady) {
        if (ending.isWished()) {
            return;
        }
        announcement = whenReady;
        services.together().forEach(System::setProperty);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Quarkus.run(Running.class, (code, thrown) -> failure.set(thrown));
        Throwable thrown = failure.get();
        if (thrown != null && !ending.isWished()) {
            throw Explanation.of(thrown);
        }
    }

    /// What runs once the services do.
    public static final class Running implements QuarkusApplication {

        @Override
        public int run(String... arguments) {
            announcement.run();
            Quarkus.waitForExit();
            return 0;
        }
    }
}
