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

/// Interrupts a request's virtual thread 60 to 61 s (`tarn.request.timeout`) after its body has
/// arrived; it is then answered 503 `took-too-long`. Requests on other threads are not interrupted.
@Singleton
public final class RequestDeadline {

    private static final String KEY = "tarn.request-deadline";

    /// Filter priority: after the gateway, which receives the body, and before anything that calls
    /// other services.
    private static final int EARLY = 5_001;

    private static final long MAX_SWEEP_MILLIS = 1_000;
    private static final Map<Thread, Work> WORKING = new ConcurrentHashMap<>();

    private final long limit;

    /// @param seconds that a request may run
    RequestDeadline(@ConfigProperty(name = "tarn.request.timeout", defaultValue = "60") int seconds, Vertx vertx) {
        this.limit = TimeUnit.SECONDS.toNanos(seconds);
        vertx.setPeriodic(MAX_SWEEP_MILLIS, _ -> WORKING.values().forEach(Work::stopIfOver));
    }

    /// The deadline of a request, by [System#nanoTime]; null when no resource serves it.
    public static @Nullable Long of(RoutingContext context) {
        Work work = context.get(KEY);
        return work == null ? null : work.end;
    }

    /// Whether the request of this thread has passed its deadline.
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

    /// Called on the thread that serves the request, which is not interrupted once it serves
    /// another.
    static void begin(RoutingContext context) {
        Work work = context.get(KEY);
        if (work != null && Thread.currentThread().isVirtual()) {
            work.begin(Thread.currentThread());
        }
    }

    /// A running request and its thread.
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
