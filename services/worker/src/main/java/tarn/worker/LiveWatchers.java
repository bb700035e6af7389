package tarn.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// The open streams by user, at most 6 of one user and 2,000 in all, and which projects each user
/// is a member of.
///
/// A user's projects are asked for when the first stream begins, and follow the events of members
/// from then on. Not thread-safe.
final class LiveWatchers {

    static final int MAX_STREAMS = 2_000;
    static final int MAX_STREAMS_OF_USER = 6;

    /// Batches kept for a stream that is about to begin.
    static final int MAX_HELD = 64;

    private static final Duration RETRY = Duration.ofSeconds(10);

    /// A batch of changes.
    ///
    /// @param before position of all but the last; null for none
    /// @param after position of the last; null for none
    record Batch(
            List<LiveChange> changes,
            @Nullable String before,
            @Nullable String after) {}

    /// What a stream that is about to begin is told when it does.
    private record BeginningStream(Instant opened, List<Batch> batches) {}

    /// A user with open streams.
    private static final class Watcher {

        private @Nullable Set<UUID> projects;
        private final List<LiveStream> streams = new ArrayList<>();
        private final Map<LiveStream, BeginningStream> beginning = new HashMap<>();

        boolean isGone() {
            return streams.isEmpty() && beginning.isEmpty();
        }
    }

    private final Map<UUID, Watcher> watchers = new HashMap<>();
    private int count;

    /// Streams in all.
    int count() {
        return count;
    }

    /// @throws Refusal.TooMany when the user, or this process, has enough streams
    void require(UUID user) {
        Watcher watcher = watchers.get(user);
        int own = watcher == null ? 0 : watcher.streams.size() + watcher.beginning.size();
        if (own >= MAX_STREAMS_OF_USER || count >= MAX_STREAMS) {
            throw new Refusal.TooMany(RETRY);
        }
    }

    /// Adds a stream, for which batches are held until it begins.
    void add(LiveStream stream, Instant now) {
        watchers.computeIfAbsent(stream.user(), _ -> new Watcher())
                .beginning
                .put(stream, new BeginningStream(now, new ArrayList<>()));
        count++;
    }

    /// Whether the projects of a user are known.
    boolean knows(UUID user) {
        Watcher watcher = watchers.get(user);
        return watcher != null && watcher.projects != null;
    }

    /// The projects of a user, as far as known.
    Set<UUID> projects(UUID user) {
        Watcher watcher = watchers.get(user);
        return watcher == null || watcher.projects == null ? Set.of() : Set.copyOf(watcher.projects);
    }

    /// Takes the answer to which projects a user is in, asked after a stream was added; what has
    /// happened since then follows from the batches held for it.
    ///
    /// The answer for a stream that has been removed is of no use: nothing was held for it since, so
    /// that the user may have been taken out of a project meanwhile. Every other stream asks for itself.
    void learn(LiveStream stream, Set<UUID> asked) {
        Watcher watcher = watchers.get(stream.user());
        BeginningStream held = watcher == null ? null : watcher.beginning.get(stream);
        if (watcher != null && held != null && watcher.projects == null) {
            Set<UUID> projects = new HashSet<>(asked);
            held.batches().forEach(batch -> follow(stream.user(), projects, batch.changes()));
            watcher.projects = projects;
        }
    }

    /// Lets a stream begin with what was held for it.
    void begin(LiveStream stream) {
        Watcher watcher = watchers.get(stream.user());
        if (watcher == null || watcher.projects == null) {
            return;
        }
        BeginningStream held = watcher.beginning.remove(stream);
        if (held == null) {
            return;
        }
        for (Batch batch : held.batches()) {
            stream.write(LiveStream.messages(
                    stream.user(), watcher.projects, batch.changes(), batch.before(), batch.after()));
        }
        watcher.streams.add(stream);
    }

    /// Removes a stream, once.
    void remove(LiveStream stream) {
        Watcher watcher = watchers.get(stream.user());
        if (watcher == null) {
            return;
        }
        boolean isBeginning = watcher.beginning.remove(stream) != null;
        if (isBeginning || watcher.streams.remove(stream)) {
            count--;
        }
        if (watcher.isGone()) {
            watchers.remove(stream.user());
        }
    }

    /// Gives a batch to every stream. Memberships are followed first: who is taken out by it sees
    /// nothing of it.
    void deliver(Batch batch) {
        watchers.forEach((user, watcher) -> {
            watcher.beginning.forEach((stream, held) -> {
                held.batches().add(batch);
                if (held.batches().size() > MAX_HELD) {
                    stream.end();
                }
            });
            if (watcher.projects != null) {
                follow(user, watcher.projects, batch.changes());
                String text =
                        LiveStream.messages(user, watcher.projects, batch.changes(), batch.before(), batch.after());
                watcher.streams.forEach(stream -> stream.write(text));
            }
        });
    }

    private static void follow(UUID user, Set<UUID> projects, List<LiveChange> changes) {
        for (LiveChange change : changes) {
            if (user.equals(change.member())) {
                if (change.joined()) {
                    projects.add(change.project());
                } else {
                    projects.remove(change.project());
                }
            }
        }
    }

    /// The streams that have begun.
    Stream<LiveStream> begun() {
        return watchers.values().stream().flatMap(watcher -> watcher.streams.stream());
    }

    /// Streams by the projects that their clients show and their users are members of.
    Map<UUID, List<LiveStream>> lookers() {
        Map<UUID, List<LiveStream>> lookers = new HashMap<>();
        watchers.values().forEach(watcher -> {
            Set<UUID> projects = watcher.projects == null ? Set.of() : watcher.projects;
            for (LiveStream stream : watcher.streams) {
                stream.lookingAt().stream()
                        .filter(projects::contains)
                        .forEach(project -> lookers.computeIfAbsent(project, _ -> new ArrayList<>())
                                .add(stream));
            }
        });
        return lookers;
    }

    /// The streams that are over, and those that were opened before a timestamp and have not begun.
    List<LiveStream> lost(Instant openedBefore) {
        return watchers.values().stream()
                .flatMap(watcher -> Stream.concat(
                        watcher.streams.stream().filter(LiveStream::isOver),
                        watcher.beginning.entrySet().stream()
                                .filter(beginning -> beginning.getKey().isOver()
                                        || beginning.getValue().opened().isBefore(openedBefore))
                                .map(Map.Entry::getKey)))
                .toList();
    }

    /// All streams.
    List<LiveStream> all() {
        return watchers.values().stream()
                .flatMap(watcher -> Stream.concat(watcher.streams.stream(), watcher.beginning.keySet().stream()))
                .toList();
    }
}
