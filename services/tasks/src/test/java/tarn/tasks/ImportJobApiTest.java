package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tarn.imports.ImportFile;
import tarn.imports.ImportPlan;
import tarn.imports.ImportReader;
import tarn.platform.TimeZones;
import tarn.platform.Uuid7;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;
import tarn.testing.Api;
import tarn.testing.Eventually;

@QuarkusTest
final class ImportJobApiTest {

    private static final String BOARD = """
            {"id": "b1", "name": "Moving house", "lists": [{"id": "s1", "name": "To pack", "pos": 1}],
             "cards": [{"id": "c1", "idList": "s1", "name": "Books", "pos": 1}],
             "actions": [{"type": "commentCard", "date": "2026-02-01T10:00:00.000Z",
                          "memberCreator": {"fullName": "Ada *Brandt*"},
                          "data": {"card": {"id": "c1"}, "text": "Mind the *stairs*"}}]}
            """;

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Team team;

    @Inject
    ImportJobs imports;

    @Inject
    ImportJobStore store;

    @Inject
    JobStore jobs;

    @Inject
    ImportRunner runner;

    @Inject
    PostWriter writer;

    @Test
    void aFileIsAcceptedNowAndImportedSoon() {
        String csv = "Name,Section,Labels,Due,Recurrence\nRake,Autumn,\"leaves\",someday,\nSweep,Autumn,,,weekly\n";

        Api.Answer accepted = later().post("/api/imports?fileName=garden.csv", csv);

        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(accepted.header("Location")).endsWith("/api/jobs/" + accepted.at("/id"));
        assertThat(accepted.at("/kind")).isEqualTo("import");
        JsonNode job = ended(accepted.at("/id"));
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("done");
        assertThat(List.of(job.path("total").asInt(), job.path("done").asInt())).containsExactly(2, 2);
        assertThat(job.at("/imported/fileName").asText()).isEqualTo("garden.csv");
        assertThat(job.at("/imported/created/tasks").asInt()).isEqualTo(2);
        assertThat(job.at("/imported/created/sections").asInt()).isEqualTo(1);
        assertThat(job.at("/imported/project/name").asText()).isEqualTo("garden");
        String project = job.at("/imported/project/id").asText();
        JsonNode tasks = me().get("/api/tasks?project=" + project).json().path("items");
        assertThat(tasks).extracting(task -> task.path("title").asText()).containsExactly("Rake", "Sweep");
        assertThat(tasks.at("/0/labels")).hasSize(1);
        assertThat(eventsOf(project)).isEqualTo(2);
        assertThat(me().get("/api/jobs").at("/items/0/id")).isEqualTo(accepted.at("/id"));
        Eventually.within(SOON, () -> left(accepted.at("/id")) == 0);
    }

    @Test
    void theReportIsInPagesAndAsCsv() {
        String id = later().post("/api/imports", "Name,Due\nRake,=\"now\"\nSweep,someday\nHoe,never\n")
                .at("/id");
        int lines = ended(id).at("/imported/lineCount").asInt();

        Api.Answer first = me().get("/api/jobs/" + id + "/lines?limit=1");
        Api.Answer rest = me().get("/api/jobs/" + id + "/lines?cursor=" + first.at("/nextCursor"));
        Api.Answer csv = me().get("/api/jobs/" + id + "/report");

        assertThat(lines).isGreaterThan(1);
        assertThat(first.json().path("items")).hasSize(1);
        assertThat(rest.json().path("items")).hasSize(lines - 1);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.body().lines()).hasSize(lines + 1).first().isEqualTo("severity,line,path,code,detail");
        assertThat(csv.body()).contains(first.at("/items/0/code"));
    }

    @Test
    void aLargeFileIsAlwaysAJob() {
        Api.Answer many = me().post("/api/imports", csv(5_001));
        Api.Answer few = me().post("/api/imports", csv(5_000));
        Api.Answer large = me().post("/api/imports", csv(1) + "x".repeat(ImportResource.MAX_BYTES_AT_ONCE));

        assertThat(many.status()).as(many.toString()).isEqualTo(202);
        assertThat(few.status()).as(few.toString()).isEqualTo(201);
        assertThat(large.status()).as(large.toString()).isEqualTo(202);
        assertThat(ended(many.at("/id")).at("/imported/created/tasks").asInt()).isEqualTo(5_001);
    }

    @Test
    void theSameKeyIsTheSameJob() {
        Api client = later().header("Idempotency-Key", "once " + team.project);

        Api.Answer first = client.post("/api/imports", csv(3));
        Api.Answer second = client.post("/api/imports", csv(3));

        assertThat(second.status()).as(second.toString()).isEqualTo(202);
        assertThat(second.at("/id")).isEqualTo(first.at("/id"));
        ended(first.at("/id"));
        assertThat(projects()).hasSize(1);
    }

    @Test
    void theSameKeyWithAnotherFileIsRefused() {
        Api client = later().header("Idempotency-Key", "again " + team.project);
        String id = client.post("/api/imports", csv(1)).at("/id");

        Api.Answer other = client.post("/api/imports", csv(2));
        Api.Answer named = client.post("/api/imports?name=Pond", csv(1));

        assertThat(List.of(other, named)).allMatch(answer -> answer.code().equals("idempotency-key-reused"));
        ended(id);
        assertThat(me().get("/api/jobs").json().path("items")).hasSize(1);
    }

    @Test
    void oneTaskTooManyFailsTheJobAndSaysSo() {
        String id = later().post("/api/imports", csv(ImportPlan.MAX_ITEMS + 1)).at("/id");

        JsonNode job = ended(id);

        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("failed");
        assertThat(job.at("/imported/problem/detail").asText()).contains("60000");
        assertThat(me().delete("/api/jobs/" + id).at("/state")).isEqualTo("failed");
        assertThat(projects()).isEmpty();
        Eventually.within(SOON, () -> left(id) == 0);
    }

    @Test
    void whatIsNoPreferenceOfOursIsNotFollowed() {
        for (String nonsense : List.of("respond-asynchronously", "wait=respond-async", "\"respond-async", ",;=,")) {
            Api.Answer answer = me().header("Prefer", nonsense).post("/api/imports", csv(1));

            assertThat(answer.status()).as(nonsense + answer).isEqualTo(201);
        }
    }

    @Test
    void aFileThatCannotBeReadFailsTheJob() {
        String id = later().post("/api/imports?format=trello", "{\"lists\": [").at("/id");

        JsonNode job = ended(id);

        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("failed");
        assertThat(job.at("/imported/problem/code").asText()).isEqualTo("import-invalid");
        assertThat(projects()).isEmpty();
    }

    @Test
    void aJobIsOfWhoeverAskedForIt() {
        String id = later().post("/api/imports", csv(1)).at("/id");

        for (String path : List.of("", "/lines", "/report", "/rejections")) {
            assertThat(team.owner.api().get("/api/jobs/" + id + path).status()).isEqualTo(404);
        }
        assertThat(team.owner.api().delete("/api/jobs/" + id).status()).isEqualTo(404);
    }

    @Test
    void takesNoMoreThanFiveFilesOfAUserAtOnce() throws Exception {
        List<Job> waiting = new ArrayList<>();
        UUID other = Uuid7.next(team.clock);
        for (int i = 0; i < ImportJobs.MAX_UNFINISHED; i++) {
            waiting.add(accepted(1, other));
        }

        Api.Answer more = later().post("/api/imports", csv(1));

        assertThat(more.status()).isEqualTo(429);
        waiting.forEach(job -> me().delete("/api/jobs/" + job.id().value()));
        runner.wake();
        Eventually.within(SOON, () -> later().post("/api/imports", csv(1)).status() == 202);
    }

    @Test
    void goesOnWhereADeadProcessStoppedAndIsNotSeenBefore() throws Exception {
        UUID dead = Uuid7.next(team.clock);
        Job job = accepted(1_200, dead);
        ImportPlan plan = plan(1_200);
        ImportRows rows = rows(job, plan);
        imports.begin(job, dead, plan, rows);
        int staged = imports.stage(job, dead, rows, imports.stage(job, dead, rows, 0));
        Rows.run("update tasks.import_row set title = 'Staged by the dead' where job_id = ? and number = 0", id(job));

        assertThat(staged).isEqualTo(1_000);
        JsonNode half = me().get("/api/jobs/" + job.id().value()).json();
        assertThat(half.path("state").asText()).isEqualTo("running");
        assertThat(List.of(half.path("total").asInt(), half.path("done").asInt()))
                .containsExactly(1_200, 1_000);
        assertThat(half.at("/imported/created/tasks").asInt()).isZero();
        assertThat(projects()).isEmpty();
        assertThat(me().get("/api/tasks").json().path("items")).isEmpty();
        assertThat(me().get("/api/tasks?text=Number").json().path("items")).isEmpty();
        assertThat(eventsOf(rows.project().value().toString())).isZero();

        team.clock.advance(TaskChangeRunner.LEASE.plusSeconds(1));
        runner.wake();

        JsonNode done = ended(id(job));
        assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("done");
        assertThat(Rows.of(
                        "select count(*) from tasks.task where project_id = ?",
                        projects().getFirst()))
                .containsExactly("1200");
        assertThat(eventsOf(projects().getFirst())).isEqualTo(1_200);
        assertThat(me().get("/api/tasks?project=" + projects().getFirst()).at("/items/0/title"))
                .isEqualTo("Staged by the dead");
        assertThatThrownBy(() -> imports.stage(job, dead, rows, staged)).isInstanceOf(ImportJobs.LostJob.class);
        assertThatThrownBy(() -> create(job, dead)).isInstanceOf(RuntimeException.class);
        assertThat(projects()).hasSize(1);
        Eventually.within(SOON, () -> left(id(job)) == 0);
    }

    @Test
    void aCancelledImportCreatesNothing() throws Exception {
        UUID run = Uuid7.next(team.clock);
        Job job = accepted(700, run);
        stage(job, run, 700);

        Api.Answer cancelled = me().delete("/api/jobs/" + id(job));

        assertThat(cancelled.at("/state")).isEqualTo("cancelled");
        assertThatThrownBy(() -> create(job, run)).isInstanceOf(ImportJobs.LostJob.class);
        assertThat(projects()).isEmpty();
        Eventually.within(SOON, () -> left(id(job)) == 0);
        assertThat(me().delete("/api/jobs/" + id(job)).at("/state")).isEqualTo("cancelled");
    }

    @Test
    void isCancelledAtOnceWhileItCreatesItsRows() throws Exception {
        UUID run = Uuid7.next(team.clock);
        Job job = accepted(700, run);
        stage(job, run, 700);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection outbox = Rows.locking("select 1 from tasks.job where id = ?", id(job))) {
            outbox.createStatement().execute("lock table tasks.outbox in share mode");
            Future<?> creation = threads.submit((Callable<?>) () -> {
                create(job, run);
                return job;
            });
            Rows.awaitWaiting(1);

            Api.Answer cancelled = me().delete("/api/jobs/" + id(job));
            outbox.rollback();

            assertThat(cancelled.at("/state")).isEqualTo("cancelled");
            assertThatThrownBy(creation::get).hasCauseInstanceOf(ImportJobs.LostJob.class);
        }
        assertThat(projects()).isEmpty();
        assertThat(me().get("/api/jobs/" + id(job)).at("/state")).isEqualTo("cancelled");
    }

    @Test
    void whatIsCancelledWhileItEndsIsDone() throws Exception {
        UUID run = Uuid7.next(team.clock);
        Job job = accepted(700, run);
        stage(job, run, 700);
        ImportJobStore.Progress progress = store.progress(job.id());
        ImportPlan plan = Objects.requireNonNull(progress.plan());
        ImportPlan whole = plan(700);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Api.Answer> cancelled = QuarkusTransaction.requiringNew().call(() -> {
                imports.create(job, run, progress, plan);
                Future<Api.Answer> answer = threads.submit(() -> me().delete("/api/jobs/" + id(job)));
                Rows.awaitWaiting(1);
                assertThat(seen(job, whole)).isEmpty();
                return answer;
            });

            assertThat(cancelled.get().at("/state")).isEqualTo("done");
        }
        assertThat(projects()).hasSize(1);
        assertThat(eventsOf(projects().getFirst())).isEqualTo(700);
    }

    @Test
    void commentsOfABoardBecomePostsOfTheirTasks() throws Exception {
        String id = later().post("/api/imports", BOARD).at("/id");

        JsonNode job = ended(id);

        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("done");
        String card = me().get("/api/tasks").at("/items/0/id");
        assertThat(postsOn(card)).singleElement().satisfies(post -> {
            assertThat(post.path("body").asText()).isEqualTo("**Ada \\*Brandt\\***:\n\nMind the *stairs*");
            assertThat(post.path("writtenAt").asText()).startsWith("2026-02-01T10:00:00");
        });
        Eventually.within(SOON, () -> postsOn(card).getFirst().path("announced").asBoolean());
        assertThat(me().get("/api/jobs/" + id + "/report").body()).doesNotContain("comment");
    }

    @Test
    void anImportWaitsForPosts() throws Exception {
        posts().post("/away");
        String id = later().post("/api/imports", BOARD).at("/id");

        assertThat(ended(id).path("state").asText()).isEqualTo("done");
        assertThat(postsOn(me().get("/api/tasks").at("/items/0/id"))).hasSize(1);
    }

    @Test
    void aCancelledImportTakesItsPostsOutAgainAlsoThoseThatArriveLate() throws Exception {
        UUID run = Uuid7.next(team.clock);
        Job job = accepted(1, run);
        ImportRows rows = begun(job, run);
        String task = task(rows);
        List<ImportedPost> late = store.unposted(job.id());
        Eventually.within(SOON, () -> posted(job, rows));
        assertThat(postsOn(task)).singleElement().matches(post -> !post.has("announced"));

        posts().post("/away");
        me().delete("/api/jobs/" + id(job));

        Eventually.within(SOON, () -> postsOn(task).isEmpty());
        assertThat(writer.create(rows.project().value(), job.createdBy(), late)).isFalse();
        assertThat(postsOn(task)).isEmpty();
        assertThatThrownBy(() -> imports.markPosting(job, run)).isInstanceOf(ImportJobs.LostJob.class);
    }

    @Test
    void theImportOfADeletedAccountTakesItsPostsOutAgainAndLeavesNothing() throws Exception {
        UUID run = Uuid7.next(team.clock);
        Job job = accepted(1, run);
        ImportRows rows = begun(job, run);
        imports.report(job, run, reportOf(3), 0);
        Eventually.within(SOON, () -> posted(job, rows));

        posts().post("/away");
        departs();

        assertThat(me().get("/api/jobs/" + id(job)).status()).isEqualTo(404);
        assertThat(me().get("/api/jobs").json().path("items")).isEmpty();
        Eventually.within(SOON, () -> postsOn(task(rows)).isEmpty());
        Eventually.within(SOON, () -> isGone(job));
    }

    @Test
    void thePostsOfAnImportAreAnnouncedAlsoWhenItsAccountIsDeletedMeanwhile() throws Exception {
        UUID run = Uuid7.next(team.clock);
        Job job = accepted(1, run);
        ImportRows rows = begun(job, run);
        imports.stage(job, run, rows, 0);
        Eventually.within(SOON, () -> posted(job, rows));
        posts().post("/away");

        create(job, run);
        departs();

        Eventually.within(SOON, () -> isGone(job));
        assertThat(postsOn(task(rows)))
                .singleElement()
                .matches(post -> post.path("announced").asBoolean());
    }

    @Test
    void theWholeReportIsKept() throws Exception {
        UUID run = Uuid7.next(team.clock);
        Job job = accepted(1, run);
        ImportPlan plan = reportOf(12_000);

        int stored = 0;
        while (stored < plan.lines().size()) {
            stored = imports.report(job, run, plan, stored);
        }

        Api.Answer csv = me().get("/api/jobs/" + id(job) + "/report");
        assertThat(csv.body().lines()).hasSize(12_002);
        assertThat(csv.body())
                .contains("\"info\",\"11999\"", "\"report-cut\",\"7 further lines are not in this report.\"");
        assertThat(me().get("/api/jobs/" + id(job) + "/lines").at("/items/0/line"))
                .isEqualTo("0");

        imports.report(job, run, reportOf(2), 0);

        assertThat(me().get("/api/jobs/" + id(job) + "/report").body().lines()).hasSize(4);
        me().delete("/api/jobs/" + id(job));
        assertThatThrownBy(() -> imports.report(job, run, plan, 0)).isInstanceOf(ImportJobs.LostJob.class);
    }

    /// A plan with so many lines, and seven that are not kept.
    private ImportPlan reportOf(int lines) throws IOException {
        ImportPlan plan = plan(1);
        List<ImportPlan.ReportLine> report = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            report.add(new ImportPlan.ReportLine(i, null, ImportPlan.Severity.INFO, "code", "Line " + i));
        }
        return new ImportPlan(
                plan.format(),
                plan.projectName(),
                plan.description(),
                plan.sections(),
                plan.labels(),
                plan.items(),
                plan.comments(),
                report,
                lines + 7,
                0);
    }

    /// The board's rows, of which an import has its report and comments.
    private ImportRows begun(Job job, UUID run) throws IOException {
        ImportPlan plan = ImportReader.read(ImportFile.of(BOARD.getBytes(StandardCharsets.UTF_8)), options());
        ImportRows rows = rows(job, plan);
        imports.begin(job, run, plan, rows);
        imports.markPosting(job, run);
        return rows;
    }

    private static String task(ImportRows rows) {
        return rows.tasks(0, 1).getFirst().id().value().toString();
    }

    /// The user's account is deleted.
    private void departs() {
        Api.Answer removed = team.service("identity").delete("/internal/tasks/memberships/" + team.stranger.id());
        assertThat(removed.status()).as(removed.toString()).isEqualTo(204);
    }

    private static boolean isGone(Job job) {
        return Rows.of("select 1 from tasks.job where id = ?", id(job)).isEmpty()
                && Rows.of("select 1 from tasks.import_line where job_id = ?", id(job))
                        .isEmpty();
    }

    @Test
    void commentsAreLeftOutOfAnImportThatIsAnsweredAtOnce() {
        Api.Answer report = me().post("/api/imports", BOARD);

        assertThat(report.status()).as(report.toString()).isEqualTo(201);
        assertThat(report.at("/leftOut")).isEqualTo("1");
        assertThat(report.at("/lines/0/code")).isEqualTo("comments");
    }

    @Test
    void whatWasDoneBeforeIsNotCancelled() {
        String id = later().post("/api/imports", csv(2)).at("/id");
        ended(id);

        assertThat(me().delete("/api/jobs/" + id).at("/state")).isEqualTo("done");
        assertThat(projects()).hasSize(1);
    }

    @Test
    @Tag("long")
    void sixtyThousandTasksTakeLessThanAMinute() {
        long begin = System.nanoTime();

        String id = later().post("/api/imports", csv(60_000)).at("/id");
        Eventually.within(
                Duration.ofSeconds(60),
                () -> !me().get("/api/jobs/" + id).json().path("endedAt").isNull());

        JsonNode job = ended(id);
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("done");
        assertThat(job.at("/imported/created/tasks").asInt()).isEqualTo(60_000);
        assertThat(eventsOf(projects().getFirst())).isEqualTo(60_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
    }

    private static Api posts() {
        return Api.at(URI.create(ConfigProvider.getConfig().getValue("tarn.route.posts", String.class)));
    }

    /// Posts on a task that the posts service keeps.
    private static List<JsonNode> postsOn(String task) {
        List<JsonNode> found = new ArrayList<>();
        posts().get("/kept").json().forEach(post -> {
            if (post.path("taskId").asText().equals(task)) {
                found.add(post);
            }
        });
        return found;
    }

    private boolean posted(Job job, ImportRows rows) {
        try {
            writer.create(rows.project().value(), job.createdBy(), store.unposted(job.id()));
            return true;
        } catch (Refusal.Unavailable away) {
            return false;
        }
    }

    /// Ways in which tasks tell something of an import's rows to its user.
    private List<String> seen(Job job, ImportPlan plan) {
        String project = rows(job, plan).project().value().toString();
        String task = rows(job, plan).tasks(0, 1).getFirst().id().value().toString();
        List<String> seen = new ArrayList<>();
        for (String path : List.of(
                "/api/projects",
                "/api/projects/" + project,
                "/api/projects/" + project + "/members",
                "/api/projects/" + project + "/sections",
                "/api/projects/" + project + "/labels",
                "/api/projects/" + project + "/statistics",
                "/api/tasks",
                "/api/tasks?text=number",
                "/api/tasks?project=" + project,
                "/api/tasks/" + task,
                "/api/items?project=" + project)) {
            Api.Answer answer = me().get(path);
            boolean isEmpty =
                    answer.json().has("items") && answer.json().path("items").isEmpty();
            if (answer.status() == 200 && !isEmpty) {
                seen.add(path + answer);
            }
        }
        if (eventsOf(project) > 0) {
            seen.add("events");
        }
        return seen;
    }

    private Api me() {
        return team.stranger.api();
    }

    private Api later() {
        return me().header("Prefer", "respond-async");
    }

    private List<String> projects() {
        return Team.texts(me().get("/api/projects"), "id");
    }

    /// Events of tasks in a project.
    private static int eventsOf(String project) {
        return Integer.parseInt(Rows.of(
                        "select count(*) from tasks.outbox where type = 'task.created' and (payload ->> 'projectId')::uuid = ?",
                        project)
                .getFirst());
    }

    /// Rows and parts of the file that are kept of an import.
    private static int left(String job) {
        return Integer.parseInt(Rows.of(
                        "select (select count(*) from tasks.import_row where job_id = job.id)"
                                + " + (select count(*) from tasks.import_file where job_id = job.id)"
                                + " from tasks.job where id = ?",
                        job)
                .getFirst());
    }

    private static String csv(int rows) {
        StringBuilder csv = new StringBuilder("Name,Description\n");
        for (int i = 0; i < rows; i++) {
            csv.append("Number ")
                    .append(i)
                    .append(",Some words about number ")
                    .append(i)
                    .append('\n');
        }
        return csv.toString();
    }

    private static byte[] file(int rows) {
        return csv(rows).getBytes(StandardCharsets.UTF_8);
    }

    private ImportReader.Options options() {
        return ImportReader.Options.of(TimeZones.UTC, Instant.parse("2026-11-29T12:00:00Z"));
    }

    private ImportPlan plan(int rows) throws IOException {
        return ImportReader.read(ImportFile.of(file(rows)), options());
    }

    private ImportRows rows(Job job, ImportPlan plan) {
        return new ImportRows(job.id().value(), plan, job.createdBy(), team.clock.instant());
    }

    /// An import that a run has.
    private Job accepted(int rows, UUID run) throws IOException {
        Caller caller = new Caller(
                team.stranger.id(),
                Caller.Kind.SESSION,
                new UUID(0, 0),
                Set.of(),
                false,
                "",
                Instant.MAX,
                TimeZones.UTC);
        Instant now = team.clock.instant();
        try (ReceivedFile file = ReceivedFile.of(new ByteArrayInputStream(file(rows)), Long.MAX_VALUE)) {
            return QuarkusTransaction.requiringNew().call(() -> {
                Job job = imports.accept(caller, file, options());
                assertThat(jobs.take(job.id(), run, now, now.plus(TaskChangeRunner.LEASE)))
                        .isTrue();
                return job;
            });
        }
    }

    /// Stages all of an import.
    private void stage(Job job, UUID run, int count) throws IOException {
        ImportPlan plan = plan(count);
        ImportRows rows = rows(job, plan);
        imports.begin(job, run, plan, rows);
        for (int from = 0; from < count; ) {
            from = imports.stage(job, run, rows, from);
        }
    }

    private void create(Job job, UUID run) {
        ImportJobStore.Progress progress = store.progress(job.id());
        ImportPlan plan = Objects.requireNonNull(progress.plan());
        QuarkusTransaction.requiringNew().run(() -> imports.create(job, run, progress, plan));
    }

    private static String id(Job job) {
        return job.id().value().toString();
    }

    /// The job when it has ended.
    private JsonNode ended(String id) {
        Eventually.within(
                SOON, () -> !me().get("/api/jobs/" + id).json().path("endedAt").isNull());
        return me().get("/api/jobs/" + id).json();
    }
}
