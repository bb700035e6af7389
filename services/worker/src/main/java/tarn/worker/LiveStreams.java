package tarn.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.event.DeliveredEvent;
import tarn.platform.event.EventSignal;
import tarn.platform.event.Feed;
import tarn.platform.event.FeedBatch;
import tarn.platform.event.FeedCursor;
import tarn.platform.event.FeedFailure;
import tarn.platform.event.FeedReplay;
import tarn.platform.problem.Refusal;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Tells users what changes in their projects while it changes: reads the feed once for all open
/// streams of this process, from the first one's opening to the last one's end.
@Singleton
final class LiveStreams {

    /// Events that a stream which was away is given again; with more it begins anew.
    static final int MAX_REPLAYED = 5_000;

    /// Age of a position from which a stream is caught up; events are kept for longer.
    static final Duration MAX_AWAY = Duration.ofHours(24);

    /// Interval of comments on a stream that has nothing to say.
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /// Time in which a stream has to begin: more than its parts may take together.
    static final Duration MAX_BEGINNING = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(100);

    /// Time after a batch that is not full, so that changes at about the same time are one write for each
    /// stream.
    private static final Duration LINGER = Duration.ofMillis(50);

    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofSeconds(1);

    /// Timeout of a replayed part, which a client has to read before the next.
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private static final int REPLAYED_AT_ONCE = 250;

    /// Streams that read what they have missed at the same time: each holds a connection and up to
    /// 5,000 events.
    private static final int MAX_REPLAYS = 3;

    private static final Duration REPLAY_TIMEOUT = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(LiveStreams.class);

    private final CursorStore cursors;
    private final EventSignal signal;
    private final ServiceClient services;
    private final LiveChangeReader reader;
    private final Clock clock;
    private final LivePresence presence;
    private final FeedReplay replay;
    private final Semaphore replays = new Semaphore(MAX_REPLAYS);
    private final LiveWatchers watchers = new LiveWatchers();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Feed feed;
    private boolean started;

    LiveStreams(
            CursorStore cursors,
            EventSignal signal,
            ServiceClient services,
            LiveChangeReader reader,
            Clock clock,
            LivePresence presence,
            MeterRegistry metrics) {
        this.cursors = cursors;
        this.signal = signal;
        this.services = services;
        this.reader = reader;
        this.clock = clock;
        this.presence = presence;
        this.replay = cursors.replay();
        Gauge.builder("tarn.live.streams", this, LiveStreams::count)
                .description("Live streams that are open")
                .register(metrics);
    }

    /// Streams that are open.
    synchronized int count() {
        return watchers.count();
    }

    /// Opens a stream; it is told nothing before it begins.
    ///
    /// @param lookingAt projects that its client shows
    /// @throws Refusal.TooMany when there are enough
    LiveStream open(UUID user, Set<UUID> lookingAt, LiveStream.Output output) {
        LiveStream stream = add(user, lookingAt, output, null);
        while (stream == null) {
            // The database is asked while others go on.
            stream = add(user, lookingAt, output, cursors.feedFromNow());
        }
        return stream;
    }

    /// Adds a stream if there is a place for it.
    ///
    /// @param fresh the feed if none is read yet; null for none
    /// @return null when there is no feed
    private synchronized @Nullable LiveStream add(
            UUID user, Set<UUID> lookingAt, LiveStream.Output output, @Nullable Feed fresh) {
        if (isStopped()) {
            throw new Refusal.Unavailable("Tarn is being stopped. Try again later.");
        }
        watchers.require(user);
        Feed current = feed == null ? fresh : feed;
        if (current == null) {
            return null;
        }
        feed = current;
        LiveStream stream = new LiveStream(user, lookingAt, current.cursor(), output);
        watchers.add(stream, clock.instant());
        if (!started) {
            started = true;
            Thread.ofVirtual().name("live-feed").start(this::follow);
            Thread.ofVirtual().name("live-heartbeat").start(this::beat);
        }
        notifyAll();
        return stream;
    }

    /// Asks for the user's projects, reads what a client has missed, and lets its stream begin.
    ///
    /// @param from where the client was; null for one that begins
    /// @throws Refusal.Malformed when that is in the future
    /// @throws Refusal.Unavailable when tasks does not answer
    void begin(LiveStream stream, @Nullable LivePosition from) {
        String joined = position(stream.joined());
        List<LiveChange> missed = from == null ? List.of() : missed(stream, from);
        learn(stream);
        if (from == null || missed == null) {
            stream.write(LiveStream.message(from == null ? "ready" : "reset", joined, "{}"));
        } else {
            String before = from.text();
            stream.write(LiveStream.message("ready", missed.isEmpty() ? joined : before, "{}"));
            catchUp(stream, missed, before, joined);
        }
        synchronized (this) {
            watchers.begin(stream);
        }
    }

    /// What happened since a position; null when that is too much or too long ago.
    private @Nullable List<LiveChange> missed(LiveStream stream, LivePosition from) {
        List<DeliveredEvent> events;
        try {
            if (!replays.tryAcquire(REPLAY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refusal.Unavailable("Too many streams are starting. Try again later.");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The server is stopping.");
        }
        try {
            events = replay.between(FeedCursor.at(from.epoch(), from.snapshot()), stream.joined(), MAX_REPLAYED);
        } finally {
            replays.release();
        }
        return events == null || from.at().isBefore(clock.instant().minus(MAX_AWAY)) ? null : reader.changes(events);
    }

    private void learn(LiveStream stream) {
        synchronized (this) {
            if (watchers.knows(stream.user())) {
                return;
            }
        }
        Set<UUID> projects = new HashSet<>();
        services.to("tasks")
                .within(CallTimeout.NEEDED)
                .get("/internal/tasks/memberships/" + stream.user() + "/projects", JsonNode.class)
                .path("ids")
                .forEach(id -> projects.add(UUID.fromString(id.asText())));
        synchronized (this) {
            watchers.learn(stream, projects);
        }
    }

    /// Sends what was missed in parts, each when the one before has been read.
    private void catchUp(LiveStream stream, List<LiveChange> missed, @Nullable String before, @Nullable String joined) {
        for (int i = 0; i < missed.size(); i += REPLAYED_AT_ONCE) {
            int end = Math.min(missed.size(), i + REPLAYED_AT_ONCE);
            boolean last = end == missed.size();
            // Anew for each part: the user may be taken out of a project while the client reads.
            String text = LiveStream.messages(
                    stream.user(), projects(stream.user()), missed.subList(i, end), before, last ? joined : before);
            if (!stream.writeAndWait(text, READ_TIMEOUT)) {
                return;
            }
        }
    }

    private synchronized Set<UUID> projects(UUID user) {
        return watchers.projects(user);
    }

    /// Ends a stream, or forgets one whose response has ended.
    synchronized void close(LiveStream stream) {
        stream.end();
        remove(stream);
    }

    /// Forgets a stream whose response others will end.
    synchronized void remove(LiveStream stream) {
        watchers.remove(stream);
        if (watchers.count() == 0) {
            feed = null;
        }
    }

    /// Ends all streams, for good.
    void end() {
        stopped.countDown();
        List<LiveStream> open;
        synchronized (this) {
            open = watchers.all();
            notifyAll();
        }
        open.forEach(this::close);
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /// Reads the feed while streams are open.
    private void follow() {
        try {
            while (!isStopped()) {
                Feed current = awaitFeed();
                if (current == null) {
                    return;
                }
                try {
                    long seen = signal.commits();
                    FeedBatch batch = current.read();
                    if (batch == null) {
                        signal.await(seen, POLL);
                    } else {
                        deliver(current, batch);
                        if (!batch.isFull()) {
                            stopped.await(LINGER.toMillis(), TimeUnit.MILLISECONDS);
                        }
                    }
                } catch (RuntimeException failure) {
                    fail(failure);
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until a stream is open; null at the end.
    private synchronized @Nullable Feed awaitFeed() throws InterruptedException {
        while (feed == null && !isStopped()) {
            wait();
        }
        return isStopped() ? null : feed;
    }

    /// After a failure that only an operator can mend, streams end: clients come back with their
    /// positions.
    private void fail(RuntimeException failure) throws InterruptedException {
        if (isStopped()) {
            return;
        }
        LOG.warnf("Live streams cannot read events, which is tried again in a second: %s", failure.getMessage());
        if (failure instanceof FeedFailure) {
            endNow();
        }
        stopped.await(BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void endNow() {
        List<LiveStream> open;
        synchronized (this) {
            open = watchers.all();
        }
        open.forEach(this::close);
    }

    private void deliver(Feed from, FeedBatch batch) {
        List<LiveChange> changes = reader.changes(batch.events());
        String before =
                position(FeedCursor.at(batch.before().epoch(), batch.before().snapshot()));
        String after =
                position(FeedCursor.at(batch.after().epoch(), batch.after().snapshot()));
        boolean isOtherEpoch = batch.before().epoch() != batch.after().epoch();
        synchronized (this) {
            if (from != feed) {
                return;
            }
            from.advance(batch);
            watchers.deliver(new LiveWatchers.Batch(changes, before, after));
        }
        if (isOtherEpoch) {
            endNow();
        }
    }

    private @Nullable String position(FeedCursor cursor) {
        return new LivePosition(cursor.epoch(), cursor.snapshot(), clock.instant()).text();
    }

    private void beat() {
        try {
            while (!stopped.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                tickOnce();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void tickOnce() {
        try {
            tick();
            presence.tick(lookers());
        } catch (RuntimeException failure) {
            LOG.error("Live streams got no heartbeat", failure);
        }
    }

    private synchronized Map<UUID, List<LiveStream>> lookers() {
        return watchers.lookers();
    }

    /// Forgets streams of clients that have gone unnoticed, and sends comments where nothing was sent
    /// for long, with the position so far.
    synchronized void tick() {
        watchers.lost(clock.instant().minus(MAX_BEGINNING)).forEach(this::close);
        if (feed == null) {
            return;
        }
        String at = position(feed.cursor());
        String heartbeat = ": heartbeat\n" + (at == null ? "" : "id: " + at + '\n') + '\n';
        watchers.begun()
                .filter(stream -> stream.silence() > HEARTBEAT.toNanos())
                .forEach(stream -> stream.write(heartbeat));
    }
}
