package tarn.platform.deadline;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Stops a request that works for longer than 60 s, counted from when its body has arrived: its virtual thread
/// is interrupted, so that whatever it waits for fails.
@Singleton
public final class RequestDeadline {

    private static final String KEY = "tarn.request-deadline";

    /// Behind the gateway, which receives the body, and before anything that calls others.
    private static final int EARLY = 5_001;

    private static final long MAX_SWEEP_MILLIS = 1_000;
    private static final Map<Thread, Work> WORKING = new ConcurrentHashMap<>();

    private final long limit;

    /// @param seconds that a request may work
    RequestDeadline(@ConfigProperty(name = "tarn.request.timeout", defaultValue = "60") int seconds, Vertx vertx) {
        this.limit = TimeUnit.SECONDS.toNanos(seconds);
        vertx.setPeriodic(MAX_SWEEP_MILLIS, _ -> WORKING.values().forEach(Work::stopIfOver));
    }

    /// Until when a request may work, by [System#nanoTime]; null for what is not served by a resource.
    public static @Nullable Long of(RoutingContext context) {
        Work work = context.get(KEY);
        return work == null ? null : work.end;
    }

    /// Whether the request that this thread serves has been stopped.
    public static boolean isOver() {
        Work work = WORKING.get(Thread.currentThread());
        return work != null && work.over;
    }

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    Work work = new Work(System.nanoTime() + limit);
                    context.put(KEY, work);
                    context.addEndHandler(_ -> work.finish());
                    context.next();
                },
                EARLY);
    }

    /// Called on the thread that does the work. One that serves others afterwards is not interrupted.
    static void begin(RoutingContext context) {
        Work work = context.get(KEY);
        if (work != null && Thread.currentThread().isVirtual()) {
            work.begin(Thread.currentThread());
        }
    }

    /// One request.
    private static final class Work {

        private final long end;
        private volatile @Nullable Thread thread;
        private volatile boolean over;
        private volatile boolean finished;

        Work(long end) {
            this.end = end;
        }

        void begin(Thread current) {
            thread = current;
            WORKING.put(current, this);
            if (finished) {
                WORKING.remove(current);
            }
        }

        void finish() {
            finished = true;
            Thread worker = thread;
            if (worker != null) {
                WORKING.remove(worker);
            }
        }

        void stopIfOver() {
            Thread worker = thread;
            if (worker != null && !over && System.nanoTime() - end >= 0) {
                over = true;
                worker.interrupt();
            }
        }
    }
}
