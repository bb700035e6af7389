package tarn.standalone;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Checks the data folder's disk every 10 s and warns when free space falls below 5 %, at least 64
/// MB and at most 1 GB.
final class DiskSpace {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final long MAX_LOW = 1L << 30;

    /// Four segments of PostgreSQL's write-ahead log.
    private static final long MIN_LOW = 64L << 20;

    private final Path folder;
    private boolean low;

    /// The last result, static because the framework creates [DiskReady].
    private static volatile State state = State.UNKNOWN;

    enum State {
        UNKNOWN,
        ENOUGH,
        LOW,
        /// No space is free.
        FULL
    }

    static State state() {
        return state;
    }

    DiskSpace(Path folder) {
        this.folder = folder;
    }

    /// Checks the disk until this process ends.
    static void watch(DataFolder home, Shutdown shutdown) {
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

    /// The message to print; null without a change.
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
