package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.EventStream;
import tarn.testing.Program;

/// 500 live streams beside 300 requests a second: every stream is told, and in one process nobody is
/// refused. Apart, five processes share the cores of a test machine: one request in a hundred may be.
@Tag("long")
class ManyStreamsTest {

    private static final int STREAMS = 500;
    private static final int STREAMS_OF_USER = 6;
    private static final int PER_SECOND = 300;
    private static final int SECONDS = 10;
    private static final int MAX_WARM_UPS = 6;
    private static final int MAX_REFUSED = Tarn.SHAPE == Program.Topology.ONE ? 0 : PER_SECOND * SECONDS / 100;

    @Test
    void streamsKeepNobodyFromBeingServed() throws Exception {
        Tarn.SignedInUser ada = Tarn.someone("Ada");
        String project = Scene.made(ada, "/api/projects", Map.of("name", "Garden"));
        String task = Scene.made(ada, "/api/tasks", Map.of("projectId", project, "title", "Rake"));
        List<EventStream> streams = new ArrayList<>();
        try {
            while (streams.size() < STREAMS) {
                Tarn.SignedInUser user = Tarn.someone("Grace");
                Tarn.join(ada, project, user, "viewer");
                for (int i = 0; i < STREAMS_OF_USER && streams.size() < STREAMS; i++) {
                    streams.add(user.api().stream("/api/live"));
                }
            }
            assertThat(streams).allMatch(live -> live.status() == 200);

            ConcurrentLinkedQueue<Integer> refused = new ConcurrentLinkedQueue<>();
            AtomicInteger served = new AtomicInteger();
            // Until what is done often is compiled.
            for (int round = 0; round == 0 || (round < MAX_WARM_UPS && !refused.isEmpty()); round++) {
                refused.clear();
                load(ada.api(), task, served, refused);
            }
            served.set(0);
            refused.clear();
            load(ada.api(), task, served, refused);
            String last = Scene.made(ada, "/api/tasks", Map.of("projectId", project, "title", "The last"));

            assertThat(refused).hasSizeLessThanOrEqualTo(MAX_REFUSED);
            assertThat(served.get() + refused.size()).isEqualTo(PER_SECOND * SECONDS);
            for (EventStream live : streams) {
                live.await(
                        Duration.ofSeconds(10),
                        event -> event.data().path("id").asText().equals(last));
            }
            System.out.printf("With %d streams: %s%n", STREAMS, memory());
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    /// Reads, and one change in ten, at a steady pace.
    private static void load(Api api, String task, AtomicInteger served, ConcurrentLinkedQueue<Integer> refused)
            throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            for (int i = 0; i < PER_SECOND * SECONDS; i++) {
                long due = begin + TimeUnit.SECONDS.toNanos(i) / PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                boolean change = i % 10 == 0;
                String priority = i % 20 == 0 ? "high" : "low";
                threads.execute(() -> {
                    Api.Answer answer = change
                            ? api.patch("/api/tasks/" + task, Map.of("priority", priority))
                            : api.get("/api/tasks/" + task);
                    if (answer.status() == 200) {
                        served.incrementAndGet();
                    } else {
                        refused.add(answer.status());
                    }
                });
            }
        }
    }

    private static String memory() throws IOException {
        Path status = Path.of("/proc/" + Tarn.program().process().pid() + "/status");
        return Tarn.SHAPE == Program.Topology.ONE && Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .findFirst()
                        .orElse("")
                : "memory not measured";
    }
}
