package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tarn.testing.Api;
import tarn.testing.DatabaseResource;
import tarn.testing.EventLog;
import tarn.testing.TestDatabase;
import tarn.testing.TestUser;

/// Whether events tell of every change: replayed from nothing they give the rows that there are.
@QuarkusTest
@Timeout(120)
final class EventReplayTest {

    private static final int WORKERS = 4;
    private static final int OPERATIONS = 250;

    private static final String CSV = "Name,Section,Labels,Due\nPots,Kitchen,heavy,2026-12-01\nLids,Kitchen,light,\n";

    @Inject
    Team team;

    @Inject
    TasksDatabase database;

    @Inject
    EmptyTrash emptyTrash;

    private final List<String> tasks = new CopyOnWriteArrayList<>();
    private final List<String> sections = new CopyOnWriteArrayList<>();
    private final List<String> labels = new CopyOnWriteArrayList<>();
    private final List<String> items = new CopyOnWriteArrayList<>();
    private final List<String> trash = new CopyOnWriteArrayList<>();
    private final List<String> removals = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<TestUser> joined = new CopyOnWriteArrayList<>();
    private final List<String> otherProjects = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();

    @Test
    void replayedFromNothingEventsGiveTheRowsThatThereAre() throws Exception {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        upgraded();
        List<Callable<Api.Answer>> workers = new ArrayList<>(List.of(this::snapshot));
        for (int i = 0; i < WORKERS; i++) {
            Random random = new Random(seed + i);
            workers.add(() -> work(random));
        }

        Team.atOnce(workers);
        purgeOneOfEach();

        String says = "-Dtarn.seed=" + seed;
        EventLog log = EventLog.of(TestDatabase.url(), "tasks");
        assertThat(broken).as(says).isEmpty();
        assertThat(log.types())
                .as(says)
                .containsAll(EventLog.contractTypes(Set.of("project", "member", "section", "label", "task", "item")));
        assertThat(log.differences(TestDatabase.url(), DatabaseResource.DIGEST_KEY))
                .as(says)
                .isEmpty();
        assertThat(log.breaches()).as(says).isEmpty();
        assertThat(log.untold(TestDatabase.url())).isEmpty();
    }

    /// Makes the database as it is after an upgrade: rows, more than go into one slice, but no events.
    private void upgraded() {
        String rows =
                IntStream.range(0, 600).mapToObj(i -> "Row " + i + ",,,\n").collect(Collectors.joining());
        assertThat(team.owner
                        .api()
                        .post("/api/imports?name=Before", "Name,Section,Labels,Due\n" + rows)
                        .status())
                .isEqualTo(201);
        labels.add(team.label("Before"));
        // Nobody deletes this one before it has its snapshot.
        team.label("Kept");
        note(items, team.editor.api().post("/api/items", Map.of("projectId", team.project, "name", "Before")));
        Rows.run("delete from tasks.outbox");
        Rows.run("insert into tasks.outbox_snapshot (step) values (0)");
    }

    /// Writes events of the rows that were there before, while others change them.
    private Api.Answer snapshot() {
        while (!Rows.of("select 1 from tasks.outbox_snapshot").isEmpty()) {
            try {
                database.snapshot().write();
            } catch (DataAccessException waitedTooLong) {
                broken.add(waitedTooLong.toString());
            }
        }
        return team.owner.api().get(team.path(""));
    }

    @Test
    void oneEventThatIsMissingOrWrongIsNoticed() {
        String task = team.task(Map.of("title", "Rake", "assignees", List.of(team.viewer.id())));
        team.editor.api().patch("/api/tasks/" + task, Map.of("priority", "high"));
        team.owner.api().delete(team.path("/members/" + team.viewer.id()));
        EventLog log = EventLog.of(TestDatabase.url(), "tasks");
        int last = log.events().size() - 1;
        assertThat(log.events().get(last).type()).isEqualTo("task.changed");

        EventLog without = log.without(last);
        EventLog wrong = log.with(last, told -> {
            ((ObjectNode) told.payload()).put("priority", 1);
            return told;
        });

        assertThat(without.differences(TestDatabase.url(), DatabaseResource.DIGEST_KEY))
                .singleElement()
                .asString()
                .startsWith("tasks.task " + task)
                .contains("assignees=[" + team.viewer.id() + "]");
        assertThat(wrong.differences(TestDatabase.url(), DatabaseResource.DIGEST_KEY))
                .singleElement()
                .asString()
                .contains("priority=1");
    }

    @Test
    void placesThatAreRenewedAreToldOfEachRow() {
        List<String> some = List.of(team.task("a"), team.task("b"), team.task("c"), team.task("d"));
        String gone = team.task("e");
        team.editor.api().delete("/api/tasks/" + gone);
        String full = "V".repeat(Position.MAX_LENGTH);
        Rows.run("update tasks.task set position = '" + full + "' where id = '" + some.get(0) + "'");
        Rows.run("update tasks.task set position = '" + full + "1' where id = '" + some.get(1) + "'");
        List<String> columns = team.sections();
        Rows.run("update tasks.section set position = '" + full + "' where id = '" + columns.get(0) + "'");
        Rows.run("update tasks.section set position = '" + full + "1' where id = '" + columns.get(1) + "'");
        int before = EventLog.of(TestDatabase.url(), "tasks").events().size();

        team.editor.api().put("/api/tasks/" + some.get(3) + "/position", Map.of("after", some.get(0)));
        team.editor.api().put(team.path("/sections/" + columns.get(2) + "/position"), Map.of("after", columns.get(0)));

        EventLog log = EventLog.of(TestDatabase.url(), "tasks");
        assertThat(log.after(before).events())
                .extracting(EventLog.Told::type)
                .containsExactlyInAnyOrder(
                        "task.changed",
                        "task.changed",
                        "task.changed",
                        "task.changed",
                        "task.changed",
                        "task.moved",
                        "section.changed",
                        "section.changed",
                        "section.changed",
                        "section.changed");
        assertThat(log.differences(TestDatabase.url(), DatabaseResource.DIGEST_KEY))
                .isEmpty();
    }

    private Api.Answer work(Random random) {
        Api.Answer last = team.owner.api().get(team.path(""));
        for (int i = 0; i < OPERATIONS; i++) {
            last = operation(random);
            boolean refused = last.status() < 500 || last.status() == 503;
            if (!refused) {
                broken.add(last.toString());
            }
        }
        return last;
    }

    private Api.Answer operation(Random random) {
        Api api = random.nextBoolean() ? team.editor.api() : team.owner.api();
        return switch (random.nextInt(25)) {
            case 0, 1, 2 -> note(tasks, api.post("/api/tasks", draft(random, true)));
            case 3, 4 -> api.patch("/api/tasks/" + any(random, tasks), draft(random, false));
            case 5 -> api.patch("/api/tasks", Map.of("changes", bulk(random)));
            case 6 -> api.put("/api/tasks/" + any(random, tasks) + "/completion");
            case 7 -> api.delete("/api/tasks/" + any(random, tasks) + "/completion");
            case 8, 9 -> api.put("/api/tasks/" + any(random, tasks) + "/position", target(random));
            case 10 -> delete(api, "/api/tasks/" + any(random, tasks));
            case 11 -> restore(random, api);
            case 12 -> note(sections, api.post(team.path("/sections"), Map.of("name", "S" + random.nextInt())));
            case 13 ->
                api.patch(team.path("/sections/" + any(random, sections)), Map.of("archived", random.nextBoolean()));
            case 14 -> api.put(team.path("/sections/" + any(random, sections) + "/position"), "{}");
            case 15 -> removeOrRestore(random, api, "/sections/" + any(random, sections));
            case 16 ->
                note(labels, api.post(team.path("/labels"), Map.of("name", "L" + random.nextInt(), "color", "red")));
            case 17 ->
                random.nextBoolean()
                        ? removeOrRestore(random, api, "/labels/" + any(random, labels))
                        : api.patch(team.path("/labels/" + any(random, labels)), Map.of("color", "blue"));
            case 18 -> join(random);
            case 19 -> leave(random);
            case 20 -> note(items, api.post("/api/items", item(random)));
            case 21 -> changeItem(random, api);
            case 22 -> note(otherProjects, "/project/id", team.owner.api().post("/api/imports?name=Move", CSV));
            case 23 -> random.nextInt(10) == 0 ? purge() : restore(random, api);
            default -> changeProject(random);
        };
    }

    /// One of each is restored and deleted for good, whatever chance has done before.
    private void purgeOneOfEach() {
        Api owner = team.owner.api();
        team.join(team.viewer, "viewer");
        String viewer = team.path("/members/" + team.viewer.id());
        assertThat(owner.delete(viewer).status()).isEqualTo(204);
        assertThat(owner.put(viewer + "/restoration").status()).isEqualTo(200);
        List<Api.Answer> created = List.of(
                owner.post("/api/tasks", Map.of("projectId", team.project, "title", "Gone")),
                owner.post("/api/items", Map.of("projectId", team.project, "name", "Gone")),
                owner.post("/api/projects", Map.of("name", "Gone")));
        for (Api.Answer one : created) {
            String path = one.header("Location");
            assertThat(owner.delete(path).status()).isEqualTo(204);
            assertThat(owner.put(path + "/restoration").status()).isEqualTo(200);
            assertThat(owner.delete(path).status()).isEqualTo(204);
        }
        boolean more = true;
        while (more) {
            more = emptyTrash.deletedBefore(team.clock.instant().plusSeconds(1)).more();
        }
    }

    /// Deletes for good what is in the trash.
    private Api.Answer purge() {
        try {
            emptyTrash.deletedBefore(team.clock.instant().plusSeconds(1));
        } catch (DataAccessException waitedTooLong) {
            broken.add(waitedTooLong.toString());
        }
        return team.owner.api().get(team.path(""));
    }

    private Map<String, Object> draft(Random random, boolean anew) {
        Map<String, Object> draft = new HashMap<>();
        if (anew) {
            draft.put("projectId", team.project);
        }
        if (anew || random.nextBoolean()) {
            draft.put("title", "T" + random.nextInt(1_000) + " \u00e4\ud83c\udf32");
        }
        if (random.nextInt(3) == 0) {
            draft.put("description", "D".repeat(random.nextInt(300)));
        }
        if (random.nextInt(3) == 0 && !sections.isEmpty()) {
            draft.put("sectionId", any(random, sections));
        }
        if (random.nextInt(3) == 0 && !tasks.isEmpty()) {
            draft.put("parentId", any(random, tasks));
        }
        if (random.nextInt(3) == 0) {
            draft.put(
                    "due",
                    "2026-12-%02d%s".formatted(1 + random.nextInt(28), random.nextBoolean() ? "" : "T10:00:00Z"));
        }
        if (random.nextInt(2) == 0) {
            draft.put("labels", labels.isEmpty() ? List.of() : List.of(any(random, labels)));
        }
        if (random.nextInt(2) == 0) {
            draft.put("assignees", List.of(anyUser(random).id()));
        }
        draft.put("priority", List.of("none", "low", "urgent").get(random.nextInt(3)));
        return draft;
    }

    private TestUser anyUser(Random random) {
        return joined.isEmpty() ? team.viewer : joined.get(random.nextInt(joined.size()));
    }

    private List<Map<String, Object>> bulk(Random random) {
        List<Map<String, Object>> changes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            changes.add(Map.of("id", any(random, tasks), "change", draft(random, false)));
        }
        return changes;
    }

    private Map<String, Object> target(Random random) {
        Map<String, Object> target = new HashMap<>();
        if (random.nextBoolean() && !sections.isEmpty()) {
            target.put("sectionId", any(random, sections));
        }
        if (random.nextInt(3) == 0) {
            target.put("after", any(random, tasks));
        }
        return target;
    }

    private Api.Answer join(Random random) {
        TestUser user = joined.isEmpty() || random.nextBoolean() ? team.user() : joined.getFirst();
        joined.addIfAbsent(user);
        String role = List.of("viewer", "editor", "owner").get(random.nextInt(3));
        return team.owner.api().put(team.path("/members/" + user.id()), Map.of("role", role));
    }

    /// Out of the project, by an owner, or with the account.
    private Api.Answer leave(Random random) {
        if (joined.size() < 3) {
            return join(random);
        }
        TestUser user = joined.get(random.nextInt(joined.size()));
        if (random.nextBoolean()) {
            return removeOrRestore(random, team.owner.api(), "/members/" + user.id());
        }
        joined.remove(user);
        return team.service("identity").delete("/internal/tasks/memberships/" + user.id());
    }

    /// Removes a member, section or label, or restores one of its kind.
    private Api.Answer removeOrRestore(Random random, Api api, String part) {
        List<String> removed = removals.stream()
                .filter(one -> one.startsWith(part.substring(0, part.lastIndexOf('/'))))
                .toList();
        if (!removed.isEmpty() && random.nextBoolean()) {
            return api.put(team.path(any(random, removed)) + "/restoration");
        }
        Api.Answer answer = api.delete(team.path(part));
        if (answer.status() == 204) {
            removals.add(part);
        }
        return answer;
    }

    private Map<String, Object> item(Random random) {
        Map<String, Object> item = new HashMap<>();
        item.put("name", "I" + random.nextInt(100));
        item.put("quantity", "1.50");
        item.put("unitPrice", Integer.toString(random.nextInt(100)));
        item.put("currency", "EUR");
        item.put("unit", "kg");
        if (random.nextInt(3) > 0) {
            item.put("projectId", team.project);
        }
        return item;
    }

    private Api.Answer changeItem(Random random, Api api) {
        String path = "/api/items/" + any(random, items);
        return switch (random.nextInt(3)) {
            case 0 -> delete(api, path);
            case 1 -> restore(random, api);
            default -> api.patch(path, Map.of("quantity", Integer.toString(random.nextInt(9))));
        };
    }

    private Api.Answer delete(Api api, String path) {
        trash.add(path);
        return api.delete(path);
    }

    private Api.Answer restore(Random random, Api api) {
        return trash.isEmpty() ? api.get("/api/projects") : api.put(any(random, trash) + "/restoration");
    }

    private Api.Answer changeProject(Random random) {
        Api api = team.owner.api();
        String path = "/api/projects/" + any(random, otherProjects);
        return switch (random.nextInt(4)) {
            case 0 -> delete(api, path);
            case 1 -> restore(random, api);
            case 2 -> note(otherProjects, api.post("/api/projects", Map.of("name", "P")));
            default ->
                api.patch(
                        path,
                        Map.of("archived", random.nextBoolean(), "timeZone", "Europe/Berlin", "description", "words"));
        };
    }

    private static Api.Answer note(List<String> ids, Api.Answer answer) {
        return note(ids, "/id", answer);
    }

    private static Api.Answer note(List<String> ids, String pointer, Api.Answer answer) {
        if (answer.status() == 201) {
            ids.add(answer.at(pointer));
        }
        return answer;
    }

    private static String any(Random random, List<String> ids) {
        return ids.isEmpty() ? "0190a000-0000-7000-8000-00000000dead" : ids.get(random.nextInt(ids.size()));
    }
}
