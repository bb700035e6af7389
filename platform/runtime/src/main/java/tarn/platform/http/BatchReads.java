package tarn.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext;
import io.quarkus.arc.ManagedContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

/// Responses to a batch of reads, in request order; at most 8 reads run concurrently and the bodies
/// total at most 4 MiB.
///
/// @param items each with its own status
public record BatchReads(List<ReadAnswer> items) {

    private static final Logger LOG = Logger.getLogger(BatchReads.class);

    /// Concurrent reads; a service's connection pool is as large.
    private static final int MAX_CONCURRENT = 8;

    /// JSON bytes of all bodies of a batch.
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    /// The response to one read of a batch.
    ///
    /// @param status as for a request of its own
    /// @param body the resource; null when refused
    /// @param problem the reason of a refusal; null otherwise
    public record ReadAnswer(
            int status, @Nullable Object body, @Nullable Problem problem) {}

    /// Runs all reads within the current request. Reads beyond the size limit are refused as
    /// `too-large`.
    ///
    /// @param mapper serialises the results
    public static <R> BatchReads of(List<R> reads, ObjectMapper mapper, Function<R, Object> read) {
        AtomicLong size = new AtomicLong();
        ManagedContext request = Arc.container().requestContext();
        InjectableContext.ContextState state = request.getState();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(MAX_CONCURRENT, Thread.ofVirtual().factory())) {
            return new BatchReads(reads.stream()
                    .map(one -> CompletableFuture.supplyAsync(
                            () -> {
                                request.activate(state);
                                try {
                                    return answer(one, read, mapper, size);
                                } finally {
                                    request.deactivate();
                                }
                            },
                            threads))
                    .toList()
                    .stream()
                    .map(BatchReads::answer)
                    .toList());
        }
    }

    private static ReadAnswer answer(CompletableFuture<ReadAnswer> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new CompletionException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while reading", stopped);
        }
    }

    private static <R> ReadAnswer answer(R one, Function<R, Object> read, ObjectMapper mapper, AtomicLong size) {
        try {
            requireRoom(size.get());
            String body = mapper.writeValueAsString(withCursors(read.apply(one)));
            requireRoom(size.addAndGet(body.length()));
            return new ReadAnswer(200, new RawValue(body), null);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Not JSON: what " + one + " reads", impossible);
        } catch (Refusal refusal) {
            return new ReadAnswer(refusal.status(), null, Problem.of(refusal, null));
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "%s failed", one);
            return new ReadAnswer(500, null, Problem.internal(null));
        }
    }

    /// A page with the cursors behind its items, for [Page#itemCursors] are not part of its own JSON.
    private record CursorPage(List<?> items, @Nullable String nextCursor, List<String> cursors) {}

    private static Object withCursors(Object body) {
        if (!(body instanceof Page<?> page)) {
            return body;
        }
        List<String> cursors = page.itemCursors();
        return cursors == null ? page : new CursorPage(page.items(), page.nextCursor(), cursors);
    }

    private static void requireRoom(long size) {
        if (size > MAX_BYTES) {
            throw new Refusal.TooLarge("This is too much for one answer. Ask for fewer, or for fewer fields.");
        }
    }
}
