package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class BatcherTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    /// The items of each batch that was done, in their order.
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

    private final Semaphore begun = new Semaphore(0);
    private final CountDownLatch held = new CountDownLatch(1);

    private List<String> texts(List<Integer> numbers) {
        batches.add(List.copyOf(numbers));
        return numbers.stream().map(number -> "text " + number).toList();
    }

    /// The first batch waits until it is let go.
    private List<String> firstHeld(List<Integer> numbers) {
        boolean first = batches.isEmpty();
        List<String> texts = texts(numbers);
        if (first) {
            begun.release();
            await(held);
        }
        return texts;
    }

    @Test
    void whoAsksAloneIsServedAtOnce() {
        Batcher<Integer, String> batcher = new Batcher<>(LONG, 10, this::texts);

        assertThat(batcher.submit(2)).isEqualTo("text 2");
        assertThat(batcher.submit(3)).isEqualTo("text 3");
        assertThat(batches).containsExactly(List.of(2), List.of(3));
    }

    @Test
    void whoWaitsSharesTheNextBatches() throws Exception {
        Batcher<Integer, String> batcher = new Batcher<>(LONG, 4, this::firstHeld);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(() -> batcher.submit(0));
            begun.acquire();
            List<Thread> waiting = new ArrayList<>();
            List<String> answers = Collections.synchronizedList(new ArrayList<>());
            for (int key : List.of(1, 2, 2, 4, 6, 8)) {
                Thread thread = Thread.ofPlatform().start(() -> answers.add(batcher.submit(key)));
                waiting.add(thread);
                awaitParked(thread);
            }

            held.countDown();
            for (Thread thread : waiting) {
                thread.join();
            }

            assertThat(first.get()).isEqualTo("text 0");
            assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 2, 4), List.of(6, 8));
            assertThat(answers).containsExactlyInAnyOrder("text 1", "text 2", "text 2", "text 4", "text 6", "text 8");
        }
    }

    @Test
    void aSlowBatchIsOvertakenByASecondAndNoThird() throws Exception {
        Batcher<Integer, String> batcher = new Batcher<>(Duration.ofMillis(5), 4, numbers -> {
            List<String> texts = texts(numbers);
            if (!numbers.contains(1)) {
                begun.release();
                await(held);
            }
            return texts;
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> slow = threads.submit(() -> batcher.submit(0));
            begun.acquire();

            assertThat(batcher.submit(1)).isEqualTo("text 1");

            Future<String> slowToo = threads.submit(() -> batcher.submit(2));
            begun.acquire();
            Future<String> third = threads.submit(() -> batcher.submit(1));
            assertThatThrownBy(() -> third.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            held.countDown();
            assertThat(third.get()).isEqualTo("text 1");
            assertThat(slow.get()).isEqualTo("text 0");
            assertThat(slowToo.get()).isEqualTo("text 2");
        }
    }

    @Test
    void aFailureAnswersAllWhoWaitAndNobodyAfterThem() throws Exception {
        Batcher<Integer, String> batcher = new Batcher<>(LONG, 10, numbers -> {
            List<String> texts = firstHeld(numbers);
            if (numbers.contains(0)) {
                throw new IllegalStateException("broken");
            }
            return texts;
        });
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int key : List.of(0, 2, 4)) {
            Thread thread = Thread.ofPlatform().start(() -> {
                try {
                    batcher.submit(key);
                } catch (IllegalStateException failure) {
                    failures.add(failure);
                }
            });
            threads.add(thread);
            awaitParked(thread);
        }

        held.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).hasSize(3).allMatch(failure -> "broken".equals(failure.getMessage()));
        assertThatThrownBy(() -> batcher.submit(0)).hasMessage("broken");
        assertThat(batcher.submit(2)).isEqualTo("text 2");
    }

    @Test
    void aSlowBatchThatFailsLeavesThoseToTheSecond() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        Batcher<Integer, String> batcher = new Batcher<>(Duration.ofMillis(5), 1, numbers -> {
            List<String> texts = texts(numbers);
            begun.release();
            await(numbers.contains(0) ? held : second);
            if (numbers.contains(0)) {
                throw new IllegalStateException("broken");
            }
            return texts;
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> slow = threads.submit(() -> batcher.submit(0));
            begun.acquire();
            Future<String> beside = threads.submit(() -> batcher.submit(2));
            begun.acquire();
            List<String> behind = Collections.synchronizedList(new ArrayList<>());
            Thread waiting = Thread.ofPlatform().start(() -> behind.add(batcher.submit(4)));
            awaitParked(waiting);

            held.countDown();
            assertThatThrownBy(slow::get).hasRootCauseMessage("broken");
            second.countDown();
            waiting.join();

            assertThat(beside.get()).isEqualTo("text 2");
            assertThat(behind).containsExactly("text 4");
        }
    }

    @Test
    void anInterruptEndsTheWaitForABatch() throws Exception {
        Batcher<Integer, String> batcher = new Batcher<>(LONG, 10, this::firstHeld);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> slow = threads.submit(() -> batcher.submit(0));
            begun.acquire();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    batcher.submit(1);
                } catch (IllegalStateException stopped) {
                    failures.add(stopped);
                }
            });
            awaitParked(waiting);

            waiting.interrupt();
            waiting.join();

            assertThat(failures)
                    .singleElement()
                    .extracting(Throwable::getCause)
                    .isInstanceOf(InterruptedException.class);
            held.countDown();
            assertThat(slow.get()).isEqualTo("text 0");
        }
    }

    @Test
    void everybodyGetsTheirOwnHoweverManyAsk() throws Exception {
        Batcher<Integer, String> batcher = new Batcher<>(Duration.ofNanos(1), 8, this::texts);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = threads.invokeAll(IntStream.range(0, 2_000)
                    .mapToObj(key -> (Callable<String>) () -> batcher.submit(key))
                    .toList());
            for (int key = 0; key < answers.size(); key++) {
                assertThat(answers.get(key).get()).isEqualTo("text " + key);
            }
        }
        assertThat(batches).allMatch(keys -> keys.size() <= 8);
        assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(2_000);
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
