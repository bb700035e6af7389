package tarn.platform.process;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/// Gives the operating system back the heap that a busy time has left behind: the serial collector
/// does so only when it collects everything, which it does only when it needs room.
@Singleton
public final class IdleMemory {

    private static final long INTERVAL_SECONDS = 15;

    /// Bytes by which the heap may have grown since it was last given back.
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

    /// Collects everything when the heap has grown and nothing had to be collected since the last look.
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
