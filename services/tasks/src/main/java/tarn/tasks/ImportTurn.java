package tarn.tasks;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets one import file of a process be read at a time, first come first served: its texts take up
/// to 32 MB of memory until they are stored.
@Singleton
final class ImportTurn {

    private final Semaphore turn = new Semaphore(1, true);

    /// @return whether it was this caller's turn within the timeout
    boolean take(Duration timeout) throws InterruptedException {
        return turn.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    void release() {
        turn.release();
    }
}
