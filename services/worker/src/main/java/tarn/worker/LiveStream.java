package tarn.worker;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tarn.platform.event.FeedCursor;

/// One open stream: at most 256 KiB are kept for a client that does not read them, then it is cut
/// off.
final class LiveStream {

    /// Characters that wait to be sent; they are ASCII.
    static final int MAX_PENDING = 256 * 1024;

    /// Where a stream's text goes.
    ///
    /// @param write sends text; completes when it has left this process
    /// @param end ends the response, without waiting for a client that does not read
    /// @param isOver whether the response has ended, in whichever way
    record Output(Function<String, CompletionStage<Void>> write, Runnable end, BooleanSupplier isOver) {}

    private final UUID user;
    private final Set<UUID> lookingAt;
    private final FeedCursor joined;
    private final Output output;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long lastWrite = System.nanoTime();

    /// @param lookingAt projects that its client shows
    /// @param joined where the feed was: what comes later is given to this stream
    LiveStream(UUID user, Set<UUID> lookingAt, FeedCursor joined, Output output) {
        this.user = user;
        this.lookingAt = lookingAt;
        this.joined = joined;
        this.output = output;
    }

    UUID user() {
        return user;
    }

    Set<UUID> lookingAt() {
        return lookingAt;
    }

    FeedCursor joined() {
        return joined;
    }

    /// Nanoseconds since something was sent.
    long silence() {
        return System.nanoTime() - lastWrite;
    }

    /// Sends text, or cuts off a client that has too much to read already.
    void write(String text) {
        if (ended.get() || text.isEmpty()) {
            return;
        }
        int length = text.length();
        if (pending.addAndGet(length) - length > MAX_PENDING) {
            end();
            return;
        }
        lastWrite = System.nanoTime();
        output.write().apply(text).whenComplete((_, failure) -> {
            pending.addAndGet(-length);
            if (failure != null) {
                end();
            }
        });
    }

    /// Sends text and waits until it has left this process.
    ///
    /// @return whether it has, in time
    boolean writeAndWait(String text, Duration timeout) {
        if (text.isEmpty()) {
            return !ended.get();
        }
        CompletableFuture<Void> sent = ended.get()
                ? CompletableFuture.failedFuture(new IllegalStateException())
                : output.write().apply(text).toCompletableFuture();
        try {
            sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException tooSlow) {
            end();
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            end();
            return false;
        }
    }

    /// Ends it, once.
    void end() {
        if (ended.compareAndSet(false, true)) {
            output.end().run();
        }
    }

    /// Whether it, or its response, has ended.
    boolean isOver() {
        return ended.get() || output.isOver().getAsBoolean();
    }

    /// An event in the format of server-sent events.
    ///
    /// @param id its position; null for none
    static String message(String event, @Nullable String id, String data) {
        return "event: " + event + '\n' + (id == null ? "" : "id: " + id + '\n') + "data: " + data + "\n\n";
    }

    /// What a user is told of changes: those of the user's projects, and of the user's own memberships.
    ///
    /// @param before position of all but the last; null for none
    /// @param after position of the last; null for none
    static String messages(
            UUID user, Set<UUID> projects, List<LiveChange> changes, @Nullable String before, @Nullable String after) {
        StringBuilder text = new StringBuilder();
        int last = -1;
        for (LiveChange change : changes) {
            if (user.equals(change.member())) {
                last = text.length();
                text.append(message("access", before, "{\"project\":\"" + change.project() + "\"}"));
            }
            if (projects.contains(change.project())) {
                last = text.length();
                text.append(message("change", before, change.data()));
            }
        }
        if (last >= 0 && before != null && after != null) {
            int id = text.indexOf("id: ", last) + 4;
            text.replace(id, id + before.length(), after);
        }
        return text.toString();
    }
}
