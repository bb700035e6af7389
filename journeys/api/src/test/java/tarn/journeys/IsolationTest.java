package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.Program;

/// One service ends and begins again under load. Where all are one process there is none to end.
@EnabledIf("servicesRunApart")
class IsolationTest {

    private static final Duration RESTART = Duration.ofSeconds(60);

    static boolean servicesRunApart() {
        return Tarn.SHAPE == Program.Topology.SPLIT;
    }

    private final Api ada = Tarn.someone("Ada").api();
    private final String project =
            ada.post("/api/projects", Map.of("name", "Hut")).at("/id");
    private final String task = ada.post("/api/tasks", Map.of("projectId", project, "title", "Roof"))
            .at("/id");

    @Test
    void itemsAreKeptWhileTheCalculatorIsGone() {
        Map<String, String> draft =
                Map.of("name", "Shingles", "projectId", project, "quantity", "3", "unitPrice", "19.99");
        try (Load load = new Load(List.of(this::tasksAreRead, this::tasksAreOpened))) {
            Tarn.program().kill("calculator");
            Api.Answer kept = ada.post("/api/items", draft);

            assertThat(kept.status()).as(kept.toString()).isEqualTo(201);
            assertThat(kept.at("/totalState")).isEqualTo("pending");
            Eventually.within(
                    RESTART,
                    () -> ada.put("/api/items/" + kept.at("/id") + "/calculation")
                            .at("/total")
                            .equals("59.97"));
            load.assertUndisturbed();
        }
    }

    @Test
    void tasksGoOnWhilePostsAreGone() {
        Map<String, String> comment = Map.of("taskId", task, "body", "Who has the ladder?");
        String query = "{ task(id: \"%s\") { title comments { nodes { body } } } }".formatted(task);
        Eventually.within(RESTART, () -> ada.post("/api/posts", comment).status() == 201);
        try (Load load = new Load(List.of(this::tasksAreRead, this::tasksAreOpened))) {
            Tarn.program().kill("posts");
            Api.Answer refused = ada.post("/api/posts", comment);
            JsonNode graph = ada.post("/graphql", Map.of("query", query)).json();

            assertThat(refused.status()).as(refused.toString()).isIn(502, 503);
            assertThat(graph.at("/data/task/title").asText()).isEqualTo("Roof");
            assertThat(graph.at("/data/task/comments").isNull()).isTrue();
            assertThat(graph.at("/errors/0/extensions/code").asText()).isEqualTo("unavailable");
            Eventually.within(RESTART, () -> ada.post("/api/posts", comment).status() == 201);
            Eventually.within(
                    RESTART,
                    () -> !ada.post("/graphql", Map.of("query", query))
                            .json()
                            .at("/data/task/comments/nodes")
                            .isEmpty());
            load.assertUndisturbed();
        }
    }

    private Api.Answer tasksAreRead() {
        return ada.get("/api/tasks/" + task);
    }

    private Api.Answer tasksAreOpened() {
        return ada.post("/api/tasks", Map.of("projectId", project, "title", "Another"));
    }

    /// Requests one after the other, two of each kind at a time, until it is closed.
    private static final class Load implements AutoCloseable {

        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final AtomicInteger answered = new AtomicInteger();
        private final List<Api.Answer> failed = new CopyOnWriteArrayList<>();
        private final int clients;

        Load(List<Supplier<Api.Answer>> requests) {
            List<Supplier<Api.Answer>> twice = new ArrayList<>(requests);
            twice.addAll(requests);
            clients = twice.size();
            twice.forEach(request -> threads.execute(() -> {
                while (going.get()) {
                    Api.Answer answer = request.get();
                    answered.incrementAndGet();
                    if (answer.status() / 100 != 2) {
                        failed.add(answer);
                    }
                }
            }));
        }

        /// A stall of the machine fails one request per client at most; a dependency on the killed service
        /// fails all of them until it is back.
        void assertUndisturbed() {
            assertThat(answered).hasValueGreaterThan(50);
            assertThat(failed).hasSizeLessThanOrEqualTo(clients);
        }

        @Override
        public void close() {
            going.set(false);
            threads.close();
        }
    }
}
