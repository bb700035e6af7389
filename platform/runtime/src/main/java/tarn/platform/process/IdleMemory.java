package tarn.platform.process;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/// Returns unused heap to the operating system: collects when the heap has grown by more than 16
/// MiB and no collection ran for 15 s, because the serial collector shrinks the heap only in a full
/// collection.
@Singleton
public final class IdleMemory {

    private static final long INTERVAL_SECONDS = 15;

    /// Bytes the heap may grow before it is collected.
    private static final long MAX_GROWTH = 16L << 20;

    private long collections;
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

    /// Runs a full collection when the heap has grown and none ran since the last look.
    private void look() {
        long before = collections;
        collections = collections();
        if (collections == before && Runtime.getRuntime().totalMemory() > size + MAX_GROWTH) {
            System.gc();
            collections = collections();
            size = Runtime.getRuntime().totalMemory();
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
