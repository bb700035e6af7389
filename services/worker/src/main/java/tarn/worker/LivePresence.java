package tarn.worker;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tarn.platform.redis.SharedRedis;

/// Who looks at which project: told to those who look at it, at most every 10 s, and gone within 30
/// s of the end of a user's last stream.
///
/// Several workers share it through Redis; without Redis, or while it does not answer, each knows
/// those with streams of its own.
@Singleton
final class LivePresence {

    /// Time between two messages about one project.
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /// Time after the end of a stream in which its client may come back unnoticed.
    private static final Duration LINGER = Duration.ofSeconds(5);

    /// How long Redis keeps a user who is not named again.
    private static final Duration LIFETIME = INTERVAL.plusSeconds(2);

    /// Users named of one project.
    private static final int MAX_USERS = 100;

    private static final String KEY = "tarn:presence:";

    private static final String NAME_USERS = """
            local time = redis.call('time')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            for i = 2, #ARGV do redis.call('zadd', KEYS[1], now + ARGV[1], ARGV[i]) end
            redis.call('zremrangebyscore', KEYS[1], '-inf', now)
            redis.call('pexpire', KEYS[1], ARGV[1])
            return redis.call('zrange', KEYS[1], 0, -1)
            """;

    /// A project that clients of this worker look at.
    private static final class Watched {

        private final Map<UUID, Long> seen = new HashMap<>();
        private Set<LiveStream> streams = Set.of();
        private Set<UUID> told = Set.of();
        private @Nullable Long toldAt;
    }

    private final SharedRedis redis;
    private final Map<UUID, Watched> projects = new HashMap<>();

    LivePresence(SharedRedis redis) {
        this.redis = redis;
    }

    /// Called every second.
    ///
    /// @param lookers streams by the projects that their clients show and their users may see
    synchronized void tick(Map<UUID, List<LiveStream>> lookers) {
        long now = System.nanoTime();
        lookers.forEach((project, streams) -> {
            Watched watched = projects.computeIfAbsent(project, _ -> new Watched());
            streams.forEach(stream -> watched.seen.put(stream.user(), now));
        });
        projects.values().removeIf(watched -> {
            watched.seen.values().removeIf(at -> now - at > LINGER.toNanos());
            return watched.seen.isEmpty();
        });
        projects.forEach((project, watched) -> {
            Set<LiveStream> before = watched.streams;
            watched.streams = Set.copyOf(lookers.getOrDefault(project, List.of()));
            Long toldAt = watched.toldAt;
            if (toldAt != null) {
                greet(project, watched, before);
            }
            if (!watched.streams.isEmpty() && (toldAt == null || now - toldAt >= INTERVAL.toNanos())) {
                watched.toldAt = now;
                CompletionStage<Set<UUID>> named = named(project, Set.copyOf(watched.seen.keySet()));
                named.thenAccept(users -> tell(project, users));
            }
        });
    }

    /// Tells streams that are new what the others have been told.
    private static void greet(UUID project, Watched watched, Set<LiveStream> before) {
        for (LiveStream stream : watched.streams) {
            if (!before.contains(stream)) {
                Set<UUID> users = new HashSet<>(watched.told);
                users.add(stream.user());
                stream.write(message(project, users));
            }
        }
    }

    /// All users who look at a project.
    ///
    /// @param here those with streams of this worker
    private CompletableFuture<Set<UUID>> named(UUID project, Set<UUID> here) {
        if (!redis.isConfigured()) {
            return CompletableFuture.completedFuture(here);
        }
        Request names = Request.cmd(Command.EVAL)
                .arg(NAME_USERS)
                .arg(1)
                .arg(KEY + project)
                .arg(LIFETIME.toMillis());
        here.forEach(user -> names.arg(user.toString()));
        return redis.<Set<UUID>>use(() -> redis.send(names).thenApply(LivePresence::users))
                .exceptionally(_ -> here);
    }

    private static Set<UUID> users(@Nullable Response names) {
        return names == null
                ? Set.of()
                : names.stream().map(name -> UUID.fromString(name.toString())).collect(Collectors.toSet());
    }

    private synchronized void tell(UUID project, Set<UUID> users) {
        Watched watched = projects.get(project);
        if (watched != null && !users.equals(watched.told)) {
            watched.told = users;
            String message = message(project, users);
            watched.streams.forEach(stream -> stream.write(message));
        }
    }

    private static String message(UUID project, Set<UUID> users) {
        String names = new TreeSet<>(users)
                .stream()
                        .limit(MAX_USERS)
                        .map(user -> '"' + user.toString() + '"')
                        .collect(Collectors.joining(",", "[", "]"));
        return LiveStream.message("presence", null, "{\"project\":\"" + project + "\",\"users\":" + names + "}");
    }
}
