package tarn.gateway;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.platform.service.ServiceClient;

/// Tells identity's security log of refused cross-site requests: once a second the counts of at
/// most 200 pairs of address and user. No request waits for it, and what does not fit or arrive is
/// dropped.
@Singleton
final class CrossSiteReports {

    static final int MAX_SOURCES = 200;

    private static final Logger LOG = Logger.getLogger(CrossSiteReports.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private record Source(String address, @Nullable UUID userId) {}

    record Report(String address, @Nullable UUID userId, int count) {}

    record Reports(List<Report> items) {}

    private final ServiceClient services;
    private final Vertx vertx;
    private final BlockingThreads threads;
    private final Map<Source, Integer> counts = new ConcurrentHashMap<>();
    private final AtomicBoolean planned = new AtomicBoolean();

    CrossSiteReports(ServiceClient services, Vertx vertx, BlockingThreads threads) {
        this.services = services;
        this.vertx = vertx;
        this.threads = threads;
    }

    /// Counts a refusal.
    ///
    /// @param caller null when unknown
    void add(String address, @Nullable Caller caller) {
        Source source = new Source(address, caller == null ? null : caller.id());
        if (counts.size() < MAX_SOURCES || counts.containsKey(source)) {
            counts.merge(source, 1, Integer::sum);
        }
        if (planned.compareAndSet(false, true)) {
            vertx.setTimer(INTERVAL.toMillis(), _ -> threads.execute(this::send));
        }
    }

    private void send() {
        planned.set(false);
        List<Report> reports = new ArrayList<>();
        List.copyOf(counts.keySet()).forEach(source -> {
            Integer count = counts.remove(source);
            if (count != null) {
                reports.add(new Report(source.address(), source.userId(), count));
            }
        });
        try {
            var _ = services.inBackgroundTo("identity")
                    .ask("POST", "/internal/identity/cross-site-refusals", new Reports(reports));
        } catch (Refusal refusal) {
            LOG.infof("Refused cross-site requests cannot be logged: %s", refusal.detail());
        }
    }
}
