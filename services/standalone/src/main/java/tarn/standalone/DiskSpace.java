package tarn.standalone;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Warns before the disk of the data folder is full: once when less than 1 GB or 5 % of it is free, whichever
/// is less, and at least 64 MB; once more when there is enough again.
final class DiskSpace {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final long MAX_LOW = 1L << 30;

    /// Four segments of PostgreSQL's write-ahead log.
    private static final long MIN_LOW = 64L << 20;

    private final Path folder;
    private boolean low;

    /// As it was seen last; read by [DiskReady], which the framework makes.
    private static volatile State state = State.UNKNOWN;

    enum State {
        UNKNOWN,
        ENOUGH,
        LOW,
        /// Nothing is free.
        FULL
    }

    static State state() {
        return state;
    }

    DiskSpace(Path folder) {
        this.folder = folder;
    }

    /// Looks every ten seconds until this process ends.
    static void watch(Home home, Shutdown shutdown) {
        DiskSpace space = new DiskSpace(home.folder());
        Thread.ofVirtual().name("watch-disk").start(() -> {
            do {
                space.look();
            } while (!shutdown.await(INTERVAL.toMillis()));
        });
    }

    private void look() {
        try {
            FileStore disk = Files.getFileStore(folder);
            long free = disk.getUsableSpace();
            String line = warning(free, disk.getTotalSpace());
            state = free == 0 ? State.FULL : low ? State.LOW : State.ENOUGH;
            if (line != null) {
                Console.say(line);
            }
        } catch (IOException unknown) {
            // What cannot be read now is looked at again.
        }
    }

    /// What is to be said; null when nothing has changed.
    ///
    /// @param free bytes
    /// @param total bytes
    @Nullable
    String warning(long free, long total) {
        boolean before = low;
        low = free < Math.max(MIN_LOW, Math.min(MAX_LOW, total / 20));
        if (low == before) {
            return null;
        }
        return low
                ? "WARN: The disk is almost full: " + (free >> 20) + " MB are free at " + folder
                        + ". Changes are refused when it is full."
                : "There is enough space on the disk again: " + (free >> 20) + " MB are free at " + folder + ".";
    }
}
