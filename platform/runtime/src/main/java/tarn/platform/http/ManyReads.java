package tarn.platform.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

/// What came of many reads that were asked for in one request, in their order.
///
/// @param items each answers for itself
public record ManyReads(List<Answer> items) {

    /// What came of one read.
    ///
    /// @param status as if it had been asked for alone
    /// @param body what was read; null when it was refused
    /// @param problem why it was refused; null when it was not
    public record Answer(
            int status, @Nullable Object body, @Nullable Problem problem) {}

    /// Does all of them at the same time.
    public static <R> ManyReads of(List<R> reads, Function<R, Object> read) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return new ManyReads(
                    reads.stream()
                            .map(one -> CompletableFuture.supplyAsync(() -> answer(one, read), threads))
                            .toList()
                            .stream()
                            .map(ManyReads::joined)
                            .toList());
        }
    }

    private static <R> Answer answer(R one, Function<R, Object> read) {
        try {
            return new Answer(200, read.apply(one), null);
        } catch (Refusal refusal) {
            return new Answer(refusal.status(), null, Problem.of(refusal, null));
        }
    }

    private static Answer joined(CompletableFuture<Answer> answer) {
        try {
            return answer.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
