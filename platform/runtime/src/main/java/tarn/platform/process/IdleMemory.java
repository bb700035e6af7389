package tarn.platform.process;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/// Returns unused heap to the operating system, because the serial collector shrinks the heap only in
/// a full collection: runs one when no collection ran for 15 s and the heap has grown by more than 16
/// MiB, or three collections ran, since the last one.
@Singleton
public final class IdleMemory {

    private static final long INTERVAL_SECONDS = 15;

    /// Bytes the heap may grow before it is collected.
    private static final long MAX_GROWTH = 16L << 20;

    /// Collections after which something large may have been released.
    private static final int MAX_COLLECTIONS = 3;

    private long collections;
    private long collected;
    private long size = Runtime.getRuntime().totalMemory();

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("idle-memory").daemon().start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(INTERVAL_SECONDS);
                look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        long before = collections;
        collections = collections();
        boolean isIdle = collections == before;
        if (isIdle
                && (collections >= collected + MAX_COLLECTIONS
                        || Runtime.getRuntime().totalMemory() > size + MAX_GROWTH)) {
            System.gc();
            collections = collections();
            collected = collections;
            size = Runtime.getRuntime().totalMemory();
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
