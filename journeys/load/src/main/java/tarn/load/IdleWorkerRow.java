package tarn.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import tarn.load.HttpLoad.Expected;
import tarn.testing.Api;
import tarn.testing.Program;
import tarn.testing.Signal;

/// What an idle worker costs reads and creates: two Tarns, one of them without a worker, are asked in turns,
/// each while the other one is frozen.
final class IdleWorkerRow {

    private static final int TURNS = 24;
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final int TASKS = 1_000;
    private static final Map<String, String> USER =
            Map.of("name", "Bench", "email", Bench.EMAIL, "password", Bench.PASSWORD);
    private static final Map<String, String> CREDENTIALS =
            Map.of("email", Bench.EMAIL, "password", Bench.PASSWORD, "grant", "token");

    private final String name;
    private final int clients;
    private final Duration warmUp;

    /// @param clients that ask at the same time
    /// @param warmUp of each Tarn for each operation
    IdleWorkerRow(String name, int clients, Duration warmUp) {
        this.name = name;
        this.clients = clients;
        this.warmUp = warmUp;
    }

    void run() throws Exception {
        Measured with = new Measured(Map.of("TARN_RATE_LIMIT", "1000000"));
        try {
            with.freeze();
            Measured without = new Measured(Map.of("TARN_RATE_LIMIT", "1000000", "TARN_WITHOUT", "worker"));
            try {
                without.freeze();
                compare("reads by id", with, without, Measured::reads);
                compare("creates", with, without, Measured::creates);
            } finally {
                without.remove();
            }
        } finally {
            with.remove();
        }
    }

    /// @param load of a Tarn, with an access token that outlasts a turn
    private void compare(String operation, Measured with, Measured without, BiFunction<Measured, String, Load> load)
            throws Exception {
        with.perSecond(load, warmUp);
        without.perSecond(load, warmUp);
        List<Double> ratios = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            // Each is first in half of the turns, because the machine's speed drifts.
            boolean first = turn % 2 == 0;
            double before = first ? with.perSecond(load, TURN) : 0;
            double reference = without.perSecond(load, TURN);
            double measured = first ? before : with.perSecond(load, TURN);
            ratios.add(measured / reference);
        }
        List<Double> sorted = ratios.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%-16s %s beside an idle worker: %.3f of those without one, the median of %d turns; half of them"
                        + " between %.3f and %.3f; at least 0.95 expected%n",
                name,
                operation,
                (sorted.get(TURNS / 2 - 1) + sorted.get(TURNS / 2)) / 2,
                TURNS,
                sorted.get(TURNS / 4),
                sorted.get(TURNS * 3 / 4));
    }

    /// A Tarn that runs only while it is measured.
    private final class Measured {

        private final Program program;
        private final String project;
        private final List<String> tasks = new ArrayList<>();

        Measured(Map<String, String> environment) {
            program = Program.start(Program.Topology.ONE, environment);
            Api.at(program.url()).post("/api/users", USER);
            Api user = Api.at(program.url()).bearer(accessToken());
            project = user.post("/api/projects", Map.of("name", "Bench")).at("/id");
            for (int i = 0; i < TASKS; i++) {
                tasks.add(user.post("/api/tasks", Map.of("projectId", project, "title", "Task number " + i))
                        .at("/id"));
            }
        }

        private String accessToken() {
            return Api.at(program.url()).post("/api/sessions", CREDENTIALS).at("/accessToken");
        }

        Load reads(String token) {
            List<byte[]> gets = tasks.stream()
                    .map(id -> HttpLoad.request("GET", "/api/tasks/" + id, token, ""))
                    .toList();
            return load(200, () -> gets.get(ThreadLocalRandom.current().nextInt(TASKS)));
        }

        Load creates(String token) {
            byte[] draft = HttpLoad.request(
                    "POST", "/api/tasks", token, "{\"projectId\":\"" + project + "\",\"title\":\"Measured\"}");
            return load(201, () -> draft);
        }

        private Load load(int status, Supplier<byte[]> requests) {
            return new HttpLoad(program.url(), clients, new Expected(status, 200), requests);
        }

        /// Requests per second in this time, measured after [#SETTLING].
        double perSecond(BiFunction<Measured, String, Load> load, Duration time) throws Exception {
            Signal.send("CONT", program.process());
            try {
                Load turn = load.apply(this, accessToken());
                turn.run(SETTLING);
                return turn.run(time).perSecond();
            } finally {
                freeze();
            }
        }

        void freeze() {
            Signal.send("STOP", program.process());
        }

        void remove() {
            program.remove();
        }
    }
}
