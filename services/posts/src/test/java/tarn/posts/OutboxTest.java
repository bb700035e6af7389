package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.EventLog;
import tarn.testing.TestDatabase;

@QuarkusTest
final class OutboxTest {

    @Inject
    Team team;

    @BeforeEach
    void everybodyAnswers() {
        team.everybodyAnswers();
    }

    @Test
    void everyChangeOfWhatIsPublishedIsOneEvent() {
        String id = team.created(Map.of("projectId", team.project, "title", "Secret plan", "body", "Secret, @ben"));
        String path = "/api/posts/" + id;
        team.editor.api().patch(path, Map.of("body", "Secret again, @ben and @vera"));
        team.editor.api().patch(path, Map.of("body", "Secret again, @ben and @vera"));
        team.editor.api().put(path + "/publication");
        team.owner.api().delete(path);
        team.owner.api().delete(path);
        team.editor.api().put(path + "/restoration");
        team.editor.api().put(path + "/restoration");

        assertThat(events("type", id))
                .containsExactly("post.published", "post.changed", "post.deleted", "post.restored");
        assertThat(events("payload ->> 'version'", id)).containsExactly("1", "2", "3", "4");
        assertThat(events("aggregate_type || ' ' || actor", id))
                .containsExactly(
                        "post " + team.editor.id(),
                        "post " + team.editor.id(),
                        "post " + team.owner.id(),
                        "post " + team.editor.id());
        assertThat(events("payload ->> 'newMentions'", id).getFirst()).isEqualTo("[\"" + team.other.id() + "\"]");
        assertThat(events("payload ->> 'newMentions'", id).get(1)).isEqualTo("[\"" + team.viewer.id() + "\"]");
        assertThat(events("payload #>> '{title,length}'", id).getFirst()).isEqualTo("11");
        assertThat(String.join("", events("payload::text", id)))
                .doesNotContain("Secret")
                .doesNotContain("Ben");
    }

    @Test
    void aDraftIsNoEventUntilItIsPublished() {
        String draft = team.draft(Map.of("taskId", team.task));
        String path = "/api/posts/" + draft;
        team.editor.api().patch(path, Map.of("body", "@ben"));
        team.editor.api().delete(path);
        team.editor.api().put(path + "/restoration");

        assertThat(events("type", draft)).isEmpty();
        team.editor.api().put(path + "/publication");
        assertThat(events("type", draft)).containsExactly("post.published");
        assertThat(events("payload ->> 'taskId'", draft)).containsExactly(team.task);
        assertThat(events("payload #>> '{mentions,0}'", draft))
                .containsExactly(team.other.id().toString());
    }

    @Test
    void everyTypeIsAsItsGoldenFileSays() {
        int before = EventLog.of(TestDatabase.url(), "posts").events().size();
        String id = team.created(Map.of("projectId", team.project, "title", "Plan", "body", "Dig, @ben"));
        String path = "/api/posts/" + id;
        team.editor.api().patch(path, Map.of("body", "Dig, @vera"));
        team.owner.api().delete(path);
        team.editor.api().put(path + "/restoration");
        purge();

        assertThat(Rows.of("select 1 from posts.post where project_id = ?", team.project))
                .isEmpty();
        EventLog log = EventLog.of(TestDatabase.url(), "posts").after(before);
        Set<String> types = new TreeSet<>(EventLog.contractTypes(Set.of("post")));
        types.remove("post.snapshot");
        assertThat(log.types()).isEqualTo(types);
        assertThat(log.differencesFromExamples()).isEmpty();
    }

    /// What the worker asks when the project is gone for good.
    private void purge() {
        boolean more = true;
        while (more) {
            Api.Answer purged = team.service("worker")
                    .post("/internal/posts/purges", Map.of("projects", List.of(team.project), "tasks", List.of()));
            assertThat(purged.status()).as(purged.toString()).isEqualTo(200);
            more = purged.json().path("more").asBoolean();
        }
    }

    @Test
    void postsAreGoneForGoodThirtyDaysAfterTheyWentToTheTrash() {
        String kept = team.post("Kept");
        String gone = team.post("Gone");
        String reply = team.created(Map.of("parentId", gone, "body", "Reply"));
        team.owner.api().delete("/api/posts/" + gone);
        team.clock.advance(PurgePosts.KEPT.plusMinutes(1));

        boolean more = true;
        while (more) {
            more = team.service("worker")
                    .post("/internal/posts/jobs/empty-trash", Map.of("run", 1))
                    .json()
                    .path("more")
                    .asBoolean();
        }

        assertThat(Rows.of("select 1 from posts.post where id in (?, ?)", gone, reply))
                .isEmpty();
        assertThat(Rows.of("select 1 from posts.post where id = ?", kept)).hasSize(1);
        assertThat(events("type", reply)).containsExactly("post.published", "post.purged");
    }

    @Test
    void replayedFromNothingEventsGiveThePostsThatThereAre() throws Exception {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        List<String> posts = new CopyOnWriteArrayList<>(List.of(team.post("Words"), team.comment("Words")));
        List<Callable<List<Api.Answer>>> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Random random = new Random(seed + i);
            workers.add(
                    () -> Stream.generate(() -> change(random, posts)).limit(60).toList());
        }

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Api.Answer>> answers : threads.invokeAll(workers)) {
                assertThat(answers.get()).allMatch(answer -> answer.status() < 500);
            }
        }

        EventLog log = EventLog.of(TestDatabase.url(), "posts");
        assertThat(log.differences(TestDatabase.url(), DatabaseResource.DIGEST_KEY))
                .as("-Dtarn.seed=" + seed)
                .isEmpty();
        assertThat(log.breaches()).isEmpty();
        assertThat(log.untold(TestDatabase.url())).isEmpty();
        assertThat(log.without(log.events().size() - 1).differences(TestDatabase.url(), DatabaseResource.DIGEST_KEY))
                .isNotEmpty();
    }

    private Api.Answer change(Random random, List<String> posts) {
        Api api = random.nextInt(3) == 0 ? team.owner.api() : team.editor.api();
        String any = posts.get(random.nextInt(posts.size()));
        String path = "/api/posts/" + any;
        String body = "Words " + random.nextInt(9)
                + List.of("", " @ben", " @vera @ben").get(random.nextInt(3));
        return switch (random.nextInt(7)) {
            case 0 -> {
                Map<String, Object> draft = new HashMap<>(Map.of("body", body, "draft", random.nextBoolean()));
                draft.put(
                        random.nextBoolean() ? "taskId" : "projectId", random.nextBoolean() ? team.task : team.project);
                Api.Answer added = api.post("/api/posts", draft);
                if (added.status() == 201) {
                    posts.add(added.at("/id"));
                }
                yield added;
            }
            case 1 -> {
                Api.Answer reply = api.post("/api/posts", Map.of("parentId", any, "body", body));
                if (reply.status() == 201) {
                    posts.add(reply.at("/id"));
                }
                yield reply;
            }
            case 2, 3 -> api.patch(path, Map.of("body", body));
            case 4 -> api.put(path + "/publication");
            case 5 -> api.delete(path);
            default -> api.put(path + "/restoration");
        };
    }

    @Test
    void aRefusedChangeIsNoEvent() {
        String id = team.post("Words");
        String path = "/api/posts/" + id;

        team.viewer.api().patch(path, Map.of("body", "x"));
        team.other.api().delete(path);
        team.editor.api().ifMatch("\"9\"").patch(path, Map.of("body", "x"));
        team.editor.api().patch(path, Map.of("body", ""));

        assertThat(events("type", id)).containsExactly("post.published");
    }

    @Test
    void anEventIsWrittenInTheTransactionOfItsChange() {
        String id = team.post("Words");

        List<String> together = Rows.of(
                "select 1 from posts.outbox o join posts.post p on p.id = o.aggregate_id where p.id = ?"
                        + " and p.xmin::text::bigint = o.tx::text::bigint % 4294967296",
                id);

        assertThat(together).hasSize(1);
    }

    private static List<String> events(String what, String aggregate) {
        return Rows.of("select " + what + " from posts.outbox where aggregate_id = ? order by seq", aggregate);
    }
}
