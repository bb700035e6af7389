package tarn.platform.process;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Ends this process when the one that started it is gone.
///
/// With `TARN_PARENT=stdin` standard input is a pipe whose other end the parent holds and never writes
/// to: it breaks when the parent ends, even by `kill -9`.
@Singleton
public final class ParentWatch {

    /// What the setting says when there is such a pipe.
    public static final String STDIN = "stdin";

    void watch(
            @Observes StartupEvent started,
            @ConfigProperty(name = "tarn.parent", defaultValue = "none") String parent) {
        if (parent.equals(STDIN)) {
            begin();
        }
    }

    /// Watches from now on, for a process without beans.
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
