package tarn.platform.process;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Ends this process when its parent ends, even by `kill -9`: with `TARN_PARENT=stdin` standard
/// input is a pipe that breaks with the parent.
@Singleton
public final class ParentWatch {

    /// Value of the setting that says standard input is such a pipe.
    public static final String STDIN = "stdin";

    void watch(
            @Observes StartupEvent started,
            @ConfigProperty(name = "tarn.parent", defaultValue = "none") String parent) {
        if (parent.equals(STDIN)) {
            begin();
        }
    }

    /// Starts watching, in a process without CDI.
    public static void begin() {
        Thread.ofPlatform().daemon().name("parent-watch").start(ParentWatch::awaitEnd);
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // The parent has nothing to say.
            }
        } catch (IOException broken) {
            // As good as its end.
        }
        // As a signal would: whichever comes second changes nothing, and requests are answered first.
        System.exit(0);
    }
}
