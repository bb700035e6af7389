package tarn.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tarn.load.HttpLoad.Expected;
import tarn.platform.database.DatabaseUrl;
import tarn.testing.Api;
import tarn.testing.EventStream;
import tarn.testing.HostileQueries;
import tarn.testing.Program;
import tarn.testing.Signal;

/// Measures the machine, then Tarn on it, and prints Tarn as shares of the machine.
///
/// The PostgreSQL is one with `fsync` on, the same for both; the number of connections is the same; the
/// load runs on the same cores. Figures of one run only mean something together.
public final class Bench {

    private static final int CONNECTIONS = 8;
    private static final int CLIENTS = 32;
    private static final int OVERLOAD_FACTOR = 3;
    private static final List<Integer> OPEN_CONNECTIONS = List.of(64, 512);
    private static final int TASKS = Integer.getInteger("tarn.bench.tasks", 1_000_000);
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    /// Until the JVM has compiled what is done often, beside the load on the same cores.
    private static final Duration TARN_WARM_UP = Duration.ofSeconds(Integer.getInteger("tarn.bench.warmup", 45));
    private static final int TURNS = 5;

    /// Tarn and its limit take turns, so that both meet the same machine.
    private static final Duration TURN = Duration.ofSeconds(Integer.getInteger("tarn.bench.seconds", 4));

    /// Before each turn, because caches still hold what the other one needed: the limit's first second is a
    /// quarter slower than its later ones.
    private static final Duration SETTLING = Duration.ofSeconds(2);

    /// How long Tarn is waited for to have done what a load has left it to do: compiling, mostly.
    private static final int QUIET_SECONDS = 30;

    private static final int BOARD_TASKS = 500;
    private static final int PAGE = 100;
    private static final int LIVE_CHANGES = 1_000;

    /// Runs of jobs that are due at the same time.
    private static final int DUE_JOBS = 10_000;

    /// Runs of jobs that are due one after the other, no multiple of an interval of the worker apart.
    private static final int SINGLE_JOBS = 300;

    private static final Duration BETWEEN_JOBS = Duration.ofMillis(97);
    private static final int REQUESTS_BESIDE_JOBS = 300;
    private static final int RARE_WORDS = 64;
    private static final Duration MEASURED = TURN.multipliedBy(TURNS);
    static final String EMAIL = "bench@example.test";
    static final String PASSWORD = "granite lake 42 northwind";

    private static final String TEN_OPERATORS =
            "{\"expression\":\"1.5 + 2.25 * 3 - 4 / 5 + 6 * 7 - 8 / 9 + 10 - 11 * 12\",\"scale\":2}";

    /// What of Tarn can be measured.
    private enum Row {
        READ_BY_ID,
        LIST_OF_20,
        LIST_OF_50,
        BOARD,
        BOARD_UNCOMPRESSED,
        SEARCH,
        MOVE,
        DURABLE_CREATE,
        GRAPH,
        HOSTILE_QUERIES,
        CALCULATIONS,
        LIVE,
        JOBS,
        CACHES,
        OVERLOAD,
        IDLE_WORKER;

        /// As it is given and printed.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final DatabaseUrl database;
    private final Program tarn;
    private String token = "";

    private Bench(DatabaseUrl database, Program tarn) {
        this.database = database;
        this.tarn = tarn;
    }

    /// Runs everything, some 40 minutes.
    ///
    /// @param arguments the rows to measure; all when there are none
    public static void main(String[] arguments) throws Exception {
        List<Row> rows = rows(arguments);
        Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_connections", "60")
                .start()) {
            DatabaseUrl database = DatabaseUrl.parse(postgres.getJdbcUrl("postgres", "postgres"));
            SqlLoad.prepare(database);
            System.out.printf(
                    Locale.ROOT,
                    "Machine: %d cores, %s%n",
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("os.arch"));
            String url = "postgresql://postgres:postgres@" + database.jdbc().substring("jdbc:postgresql://".length());
            Map<String, String> environment = Map.of("TARN_DATABASE_URL", url, "TARN_RATE_LIMIT", "1000000");
            try (SqlLoad reads = SqlLoad.reads(database, CONNECTIONS);
                    SqlLoad inserts = SqlLoad.inserts(database, CONNECTIONS);
                    ConstantServer.Apart server = ConstantServer.apart()) {
                byte[] anything = HttpLoad.request("GET", "/", "", "");
                Load constant = new HttpLoad(server.address(), CLIENTS, new Expected(200, 0), () -> anything);
                limit("prepared read", reads);
                limit("one-row insert", inserts);
                limit("constant answer", constant);
                Program tarn = Program.start(Program.Topology.ONE, environment);
                try {
                    new Bench(database, tarn).run(rows, reads, inserts, constant);
                    tarn.stop();
                } finally {
                    tarn.remove();
                }
            }
            long before = System.nanoTime();
            Program again = Program.start(Program.Topology.ONE, environment);
            System.out.printf(Locale.ROOT, "start with data: %.1f s%n", (System.nanoTime() - before) / 1e9);
            again.remove();
        }
    }

    private static List<Row> rows(String... names) {
        List<Row> all = List.of(Row.values());
        Set<String> wanted = new HashSet<>(List.of(names));
        List<Row> rows =
                all.stream().filter(row -> wanted.contains(row.toString())).toList();
        if (rows.size() < wanted.size()) {
            System.err.println("tarn: These rows can be measured: " + all);
            System.exit(2);
        }
        return wanted.isEmpty() ? all : rows;
    }

    private static void limit(String name, Load load) throws Exception {
        load.run(WARM_UP);
        row(name, load.run(MEASURED), "");
    }

    private void run(List<Row> rows, Load reads, Load inserts, Load constant) throws Exception {
        Api anonymous = Api.at(tarn.url());
        anonymous.post("/api/users", Map.of("name", "Bench", "email", EMAIL, "password", PASSWORD));
        String project = signIn().post("/api/projects", Map.of("name", "Bench")).at("/id");
        List<String> ids = seed(project);
        for (Row row : rows) {
            Api bench = signIn();
            switch (row) {
                case READ_BY_ID -> {
                    List<byte[]> gets =
                            ids.stream().map(id -> get("/api/tasks/" + id)).toList();
                    measure(row, reads, new Expected(200, 300), () -> oneOf(gets));
                }
                case LIST_OF_20 -> {
                    byte[] list = get("/api/tasks?project=" + project + "&limit=20");
                    measure(row, reads, new Expected(200, 6_000), () -> list);
                }
                case LIST_OF_50 -> {
                    byte[] list = get("/api/tasks?project=" + project + "&limit=50");
                    measure(row, reads, new Expected(200, 15_000), () -> list);
                }
                case BOARD -> board(row, bench, constant, "gzip");
                case BOARD_UNCOMPRESSED -> board(row, bench, constant, "identity");
                case SEARCH -> search(row, bench, project);
                case MOVE -> move(row, bench, inserts);
                case DURABLE_CREATE -> {
                    byte[] draft = post(
                            "/api/tasks",
                            "{\"projectId\":\"" + project
                                    + "\",\"title\":\"Measured\",\"description\":\"One of many.\"}");
                    measure(row, inserts, new Expected(201, 300), () -> draft);
                }
                case GRAPH -> {
                    String query = graph(bench, project);
                    int whole = bench.post("/graphql", query).body().length();
                    byte[] request = post("/graphql", query);
                    measure(row, constant, new Expected(200, whole), () -> request);
                }
                case HOSTILE_QUERIES -> hostile(row);
                case CALCULATIONS -> {
                    String hundred =
                            "{\"calculations\":[" + String.join(",", Collections.nCopies(100, TEN_OPERATORS)) + "]}";
                    byte[] request = post("/api/calculations/batch", hundred);
                    measure(row, constant, new Expected(207, 3_000), () -> request);
                }
                case LIVE -> live(row, bench);
                case JOBS -> jobs(row, inserts, ids);
                case CACHES -> new CacheRow(row.toString(), tarn.url(), session()).run();
                case OVERLOAD -> {
                    List<byte[]> gets =
                            ids.stream().map(id -> get("/api/tasks/" + id)).toList();
                    overload("reads", new Expected(200, 300), () -> oneOf(gets));
                    byte[] list = get("/api/tasks?project=" + project + "&limit=50");
                    overload("lists", new Expected(200, 15_000), () -> list);
                }
                case IDLE_WORKER -> idleWorker(row);
            }
        }
    }

    /// Two further Tarns, while this one is frozen.
    private void idleWorker(Row row) throws Exception {
        awaitQuiet();
        Signal.send("STOP", tarn.process());
        try {
            new IdleWorkerRow(row.toString(), CLIENTS, TARN_WARM_UP).run();
        } finally {
            Signal.send("CONT", tarn.process());
        }
    }

    /// The board of a project of 500 tasks as the web app reads it: all pages of it in turn.
    private void board(Row row, Api bench, Load constant, String encoding) throws Exception {
        String path = "/api/tasks?project=" + smallProject(bench, BOARD_TASKS) + "&limit=" + PAGE;
        List<byte[]> pages = new ArrayList<>();
        String cursor = "";
        int least = Integer.MAX_VALUE;
        int wire = 0;
        do {
            String page = cursor.isEmpty() ? path : path + "&cursor=" + cursor;
            pages.add(HttpLoad.request("GET", page, token, "", "Accept-Encoding: " + encoding));
            int length = HttpLoad.length(tarn.url(), pages.getLast());
            least = Math.min(least, length);
            wire += length;
            cursor = bench.get(page).json().path("nextCursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        System.out.printf(
                Locale.ROOT, "A board of %d tasks: %d pages, %,d bytes on the wire%n", BOARD_TASKS, pages.size(), wire);
        AtomicInteger next = new AtomicInteger();
        measure(
                row,
                constant,
                new Expected(200, least * 9 / 10),
                () -> pages.get(next.getAndIncrement() % pages.size()));
    }

    /// From the answer to a change until an open stream tells it, one change at a time.
    private void live(Row row, Api bench) {
        String project = smallProject(bench, 1);
        String task = bench.get("/api/tasks?project=" + project)
                .json()
                .at("/items/0/id")
                .asText();
        Times times = new Times();
        try (EventStream live = bench.stream("/api/live")) {
            for (int i = 0; i < LIVE_CHANGES; i++) {
                bench.patch("/api/tasks/" + task, Map.of("priority", i % 2 == 0 ? "high" : "low"));
                long committed = System.nanoTime();
                EventStream.SentEvent told = live.await(Duration.ofSeconds(5), event -> event.is("task.changed"));
                if (i >= LIVE_CHANGES / 5) {
                    times.add(Math.max(0, told.nanos() - committed));
                }
            }
        }
        long[] sorted = times.stream().sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-16s commit to delivery: p50 %.1f ms, p95 %.1f ms, max %.1f ms%n",
                row,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 95 / 100] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    /// Runs of jobs that do nothing, how soon they begin, and how long requests take beside them.
    private void jobs(Row row, Load inserts, List<String> ids) throws Exception {
        try (JobLoad jobs = new JobLoad(database)) {
            List<Result> limits = new ArrayList<>();
            double seconds = 0;
            for (int turn = -1; turn < TURNS; turn++) {
                awaitQuiet();
                inserts.run(SETTLING);
                Result limit = inserts.run(TURN);
                jobs.makeDue(DUE_JOBS);
                double perSecond = jobs.awaitDone();
                if (turn >= 0) {
                    limits.add(limit);
                    seconds += DUE_JOBS / perSecond;
                }
            }
            double perSecond = TURNS * DUE_JOBS / seconds;
            double limit = Result.together(limits).perSecond();
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %,9.0f/s  %.2f of its limit, which was %,.0f/s; %d MB%n",
                    row,
                    perSecond,
                    perSecond / limit,
                    limit,
                    megabytes());
            Double[] delays = jobs.delays(SINGLE_JOBS, BETWEEN_JOBS);
            System.out.printf(
                    Locale.ROOT,
                    "%-16s due to started: p50 %.1f ms, p95 %.1f ms, max %.1f ms%n",
                    row,
                    delays[0] * 1e3,
                    delays[1] * 1e3,
                    delays[2] * 1e3);
            besideJobs(row, jobs, Duration.ofMillis(Math.round(DUE_JOBS / perSecond * 1e3)), ids);
        }
    }

    /// Reads at a steady pace while many jobs are due.
    private void besideJobs(Row row, JobLoad jobs, Duration time, List<String> ids) throws Exception {
        List<byte[]> gets = ids.stream().map(id -> get("/api/tasks/" + id)).toList();
        OpenLoad reads = new OpenLoad(tarn.url(), CLIENTS, REQUESTS_BESIDE_JOBS, () -> oneOf(gets));
        new HttpLoad(tarn.url(), CLIENTS, new Expected(200, 300), () -> oneOf(gets)).run(TARN_WARM_UP);
        awaitQuiet();
        jobs.makeDue(DUE_JOBS);
        OpenLoad.Outcome outcome = reads.run(time);
        double perSecond = jobs.awaitDone();
        row(
                row.toString(),
                outcome.all(),
                String.format(
                        Locale.ROOT,
                        "  reads beside %,d due jobs, of which %,.0f/s were done; %d refused; p95 is to be under 25,000 us",
                        DUE_JOBS,
                        perSecond,
                        outcome.refused().count()));
    }

    /// Words that fewer than 20,000 of a million tasks have, in the palette and in a list; and one that all have.
    private void search(Row row, Api bench, String project) throws Exception {
        String everywhere = "/api/search?text=";
        String inProject = "/api/tasks?project=" + project + "&limit=20&text=";
        if (!bench.get(everywhere + rareWord(0) + "+ta")
                .json()
                .at("/tasks/items/4")
                .has("id")) {
            throw new IllegalStateException("The tasks are not found");
        }
        for (String path :
                List.of(everywhere + "RARE", everywhere + "RARE+ta", inProject + "RARE", everywhere + "number")) {
            List<byte[]> searches = new ArrayList<>();
            for (int word = 0; word < RARE_WORDS; word++) {
                searches.add(get(path.replace("RARE", rareWord(word))));
            }
            HttpLoad user = new HttpLoad(tarn.url(), 1, new Expected(200, 200), () -> oneOf(searches));
            user.run(TARN_WARM_UP);
            row(
                    row.toString(),
                    user.run(MEASURED),
                    "  one client; " + path.replace(project, "…") + "; p95 is to be under 50,000 us for a rare word");
        }
    }

    /// A word that one of 64 tasks has: 15,625 of a million.
    private static String rareWord(int number) {
        return "rare" + (char) ('a' + number / 8) + (char) ('a' + number % 8);
    }

    /// Tasks of one project, each moved behind another one.
    private void move(Row row, Api bench, Load inserts) throws Exception {
        String project = smallProject(bench, BOARD_TASKS);
        List<String> tasks = new ArrayList<>();
        bench.get("/api/tasks?project=" + project + "&limit=" + PAGE)
                .json()
                .path("items")
                .forEach(task -> tasks.add(task.path("id").asText()));
        measure(row, inserts, new Expected(200, 300), () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            int moved = random.nextInt(tasks.size());
            int after = (moved + 1 + random.nextInt(tasks.size() - 1)) % tasks.size();
            return HttpLoad.request(
                    "PUT",
                    "/api/tasks/" + tasks.get(moved) + "/position",
                    token,
                    "{\"after\":\"" + tasks.get(after) + "\"}");
        });
    }

    private String smallProject(Api bench, int tasks) {
        String project = bench.post("/api/projects", Map.of("name", "Board")).at("/id");
        for (int i = 0; i < tasks; i++) {
            Api.Answer answer = bench.post(
                    "/api/tasks",
                    Map.of(
                            "projectId",
                            project,
                            "title",
                            "Task number " + i,
                            "description",
                            "Something to be done, told in a sentence."));
            if (answer.status() != 201) {
                throw new IllegalStateException(answer.toString());
            }
        }
        return project;
    }

    private static byte[] oneOf(List<byte[]> requests) {
        return requests.get(ThreadLocalRandom.current().nextInt(requests.size()));
    }

    private byte[] get(String path) {
        return HttpLoad.request("GET", path, token, "");
    }

    private byte[] post(String path, String body) {
        return HttpLoad.request("POST", path, token, body);
    }

    /// A query for the first 20 tasks of a project, with who is to do them and 10 comments on each, which are
    /// written first.
    private static String graph(Api bench, String project) {
        String me = bench.get("/api/users/me").at("/id");
        bench.get("/api/tasks?limit=20&project=" + project).json().path("items").forEach(task -> {
            String id = task.path("id").asText();
            bench.patch("/api/tasks/" + id, Map.of("assignees", List.of(me)));
            for (int i = 0; i < 10; i++) {
                bench.post("/api/posts", Map.of("taskId", id, "body", "A comment of some *words* on what to do next."));
            }
        });
        String query =
                "{\"query\":\"{ project(id: \\\"" + project + "\\\") { name tasks(first: 20) { nodes { title status"
                        + " assignees { name } comments(first: 10) { nodes { html author { name } } } } } } }\"}";
        Api.Answer answer = bench.post("/graphql", query);
        if (!answer.json().at("/data/project/tasks/nodes/19/comments/nodes/9").has("html")) {
            throw new IllegalStateException("Not the graph that was to be measured: " + answer);
        }
        return query;
    }

    /// Hostile queries one after the other, as one attacker sends them.
    private void hostile(Row row) throws Exception {
        List<byte[]> queries = new ArrayList<>();
        for (String query : HostileQueries.all()) {
            String body = new ObjectMapper().writeValueAsString(Map.of("query", query));
            queries.add(HttpLoad.request("POST", "/graphql", token, body));
        }
        AtomicInteger next = new AtomicInteger();
        HttpLoad attacker = new HttpLoad(
                tarn.url(), 1, new Expected(200, 50), () -> queries.get(next.getAndIncrement() % queries.size()));
        attacker.run(Duration.ofSeconds(10));
        Result result = attacker.run(MEASURED);
        row(row.toString(), result, "  one client; p99 is to be under 10,000 us");
    }

    /// Three times as many requests as the best of a closed loop, whether or not they are answered.
    private void overload(String name, Expected expected, Supplier<byte[]> requests) throws Exception {
        HttpLoad closed = new HttpLoad(tarn.url(), CLIENTS, expected, requests);
        closed.run(TARN_WARM_UP);
        for (int connections : OPEN_CONNECTIONS) {
            awaitQuiet();
            closed.run(SETTLING);
            double best = closed.run(TURN).perSecond();
            OpenLoad.Outcome outcome =
                    new OpenLoad(tarn.url(), connections, OVERLOAD_FACTOR * best, requests).run(TURN.multipliedBy(2));
            row(
                    "overload " + name + ' ' + connections,
                    outcome.good(),
                    String.format(
                            Locale.ROOT,
                            "  %.2f of the best, which was %,.0f/s; refused %,.0f/s p50 %,d us p99 %,d us max %,d us;"
                                    + " p99 of all with the time to be sent %,d us",
                            outcome.good().perSecond() / best,
                            best,
                            outcome.refused().perSecond(),
                            outcome.refused().quantile(0.50),
                            outcome.refused().quantile(0.99),
                            outcome.refused().quantile(1),
                            outcome.all().quantile(0.99)));
        }
    }

    /// With a token that lasts for the row that is measured next.
    private Api signIn() {
        token = session().at("/accessToken");
        return Api.at(tarn.url()).bearer(token);
    }

    private Api.Answer session() {
        return Api.at(tarn.url()).post("/api/sessions", Map.of("email", EMAIL, "password", PASSWORD, "grant", "token"));
    }

    /// Asks Tarn and its limit in turns.
    private void measure(Row row, Load limit, Expected expected, Supplier<byte[]> requests) throws Exception {
        HttpLoad load = new HttpLoad(tarn.url(), CLIENTS, expected, requests);
        load.run(TARN_WARM_UP);
        List<Result> own = new ArrayList<>();
        List<Result> limits = new ArrayList<>();
        double cpu = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            awaitQuiet();
            limit.run(SETTLING);
            limits.add(limit.run(TURN));
            load.run(SETTLING);
            double before = cpuSeconds();
            own.add(load.run(TURN));
            cpu += cpuSeconds() - before;
        }
        Result result = Result.together(own);
        double limitPerSecond = Result.together(limits).perSecond();
        row(
                row.toString(),
                result,
                String.format(
                        Locale.ROOT,
                        "  %.2f of its limit, which was %,.0f/s; %.0f us CPU each, %d MB",
                        result.perSecond() / limitPerSecond,
                        limitPerSecond,
                        cpu / result.count() * 1e6,
                        megabytes()));
    }

    /// Waits until Tarn takes less than a twentieth of a core, or for half a minute.
    private void awaitQuiet() throws InterruptedException {
        double used = 1;
        for (int second = 0; second < QUIET_SECONDS && used >= 0.05; second++) {
            double before = cpuSeconds();
            Thread.sleep(Duration.ofSeconds(1));
            used = cpuSeconds() - before;
        }
    }

    /// A million tasks, written straight into the table; a thousand of their ids.
    private List<String> seed(String project) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.jdbc(), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute("insert into tasks.task (id, project_id, title, description, position, created_by,"
                    + " created_at, updated_at, search) select uuidv7(), '" + project + "', 'Task number ' || n,"
                    + " 'Something to be done, told in a sentence.', 'V' || lpad(n::text, 8, '0') || 'V',"
                    + " gen_random_uuid(), now(), now(), setweight(to_tsvector('simple', 'Task number ' || n), 'A')"
                    + " || setweight(to_tsvector('simple', 'Something to be done, told in a sentence. rare'"
                    + " || chr(97 + n % 64 / 8) || chr(97 + n % 8)), 'B') from generate_series(1, " + TASKS + ") n");
            statement.execute("vacuum analyze tasks.task");
            List<String> ids = new ArrayList<>();
            try (var rows = statement.executeQuery("select id from tasks.task order by random() limit 1000")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        }
    }

    private double cpuSeconds() {
        return ProcessHandle.of(tarn.process().pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .map(Duration::toMillis)
                        .orElse(0L)
                / 1e3;
    }

    /// The resident memory of Tarn's process, PostgreSQL aside.
    private long megabytes() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/" + tarn.process().pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return 0;
    }

    private static void row(String name, Result result, String more) {
        System.out.printf(
                Locale.ROOT,
                "%-16s %,9.0f/s  p50 %,6d us  p95 %,6d us  p99 %,6d us%s%n",
                name,
                result.perSecond(),
                result.quantile(0.50),
                result.quantile(0.95),
                result.quantile(0.99),
                more);
    }
}
