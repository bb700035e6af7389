package tarn.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import tarn.platform.redis.SharedRedis;

/// Says every 5 s that this worker lives, in the database and in Redis where there is one, and marks
/// the runs of workers that do not as lost.
@Singleton
final class Heartbeats {

    /// The key in Redis, JSON as [Heartbeat], of the worker that wrote last.
    static final String KEY = "tarn:worker:heartbeat";

    /// Time after which a worker without a heartbeat counts as gone.
    static final Duration EXPIRY = Duration.ofSeconds(15);

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(Heartbeats.class);

    private final HeartbeatStore store;
    private final SharedRedis redis;
    private final JobRunner runner;
    private final ObjectMapper mapper;
    private final String version;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile long lastBeat = System.nanoTime();
    private volatile String worker = "";

    Heartbeats(
            HeartbeatStore store,
            SharedRedis redis,
            JobRunner runner,
            ObjectMapper mapper,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.store = store;
        this.redis = redis;
        this.runner = runner;
        this.mapper = mapper;
        this.version = version;
    }

    /// @param name of this worker, unique among workers
    void begin(String name) {
        worker = name;
        Thread.ofVirtual().name("heartbeat").start(this::run);
    }

    void end() {
        stopped.countDown();
        try {
            store.delete(worker);
        } catch (RuntimeException away) {
            LOG.debug("The heartbeat stays until it is too old", away);
        }
    }

    /// Whether this worker has written one within 15 s.
    boolean isRecent() {
        return System.nanoTime() - lastBeat < EXPIRY.toNanos();
    }

    /// The workers that live.
    List<Heartbeat> recent() {
        return store.since(EXPIRY);
    }

    private void run() {
        String host = host();
        try {
            do {
                try {
                    beat(host);
                } catch (RuntimeException away) {
                    LOG.debug("The heartbeat could not be written", away);
                }
            } while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat(String host) {
        List<String> jobs = runner.running();
        Heartbeat heartbeat = new Heartbeat(store.beat(worker, host, version, jobs), host, version, jobs);
        lastBeat = System.nanoTime();
        if (redis.isConfigured()) {
            Request set = Request.cmd(Command.SET)
                    .arg(KEY)
                    .arg(json(heartbeat))
                    .arg("EX")
                    .arg(EXPIRY.toSeconds());
            var _ = redis.use(() -> redis.send(set)).exceptionally(failure -> {
                LOG.debug("The heartbeat could not be written to Redis", failure);
                return null;
            });
        }
        runner.markLost();
    }

    private String json(Heartbeat heartbeat) {
        try {
            return mapper.writeValueAsString(heartbeat);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }
}
