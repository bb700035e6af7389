package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarn.testing.Api;

@QuarkusTest
final class ImportApiTest {

    private static final String BOARD = """
            {"id": "b1", "name": "Moving house", "desc": "All of it",
             "labels": [{"id": "l1", "name": "Heavy", "color": "red"}],
             "lists": [{"id": "s1", "name": "To pack", "pos": 1, "closed": false},
                       {"id": "s2", "name": "Packed", "pos": 2, "closed": false}],
             "cards": [{"id": "c2", "idList": "s1", "name": "Chairs", "desc": "", "pos": 2, "closed": false, "idLabels": []},
                       {"id": "c1", "idList": "s1", "name": "Books", "desc": "*All* of them", "pos": 1, "closed": false,
                        "due": "2026-12-01T10:00:00.000Z", "dueComplete": true, "idLabels": ["l1"], "idChecklists": ["k1"]}],
             "checklists": [{"id": "k1", "idCard": "c1", "name": "Rooms", "pos": 1,
                             "checkItems": [{"id": "i1", "name": "Attic", "state": "complete", "pos": 1}]}]}
            """;

    private static final String TODOIST = """
            TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE
            section,Kitchen,,,,,,,,
            task,Pots,Copper,1,1,,,2026-12-01,en,UTC
            task,Lids,,4,2,,,,,
            """;

    @Inject
    Team team;

    @Test
    void aKeyIsForTheFileAndWhatIsSaidOfIt() {
        Api keyed = team.stranger.api().header("Idempotency-Key", "import-one");
        Api.Answer first = keyed.post("/api/imports?name=One", TODOIST);

        assertThat(keyed.post("/api/imports?name=One", TODOIST).at("/id")).isEqualTo(first.at("/id"));
        assertThat(keyed.post("/api/imports?name=Two", TODOIST).code()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void tellsTheGravestFirst() {
        String csv = "Name,Due,Recurrence\n" + "a,someday,\n" + "b,,\n" + ",2026-12-01,\n";

        Api.Answer report = team.stranger.api().post("/api/imports", csv);

        assertThat(report.status()).as(report.toString()).isEqualTo(201);
        List<String> severities = report.json().findValuesAsText("severity");
        assertThat(severities)
                .as(report.toString())
                .hasSizeGreaterThan(1)
                .isSortedAccordingTo(Comparator.comparingInt(List.of("left-out", "adjusted", "info")::indexOf));
        assertThat(new HashSet<>(severities)).as(report.toString()).hasSizeGreaterThan(1);
    }

    @Test
    void whatWasDoneAtATimeNobodyWroteDownHasNoTime() {
        Api.Answer report = team.stranger.api().post("/api/imports", "Name,Done\nRake,yes\n");

        JsonNode rake = tasks(report).path(0);
        assertThat(rake.path("status").asText()).isEqualTo("done");
        assertThat(rake.path("completedAt").isNull()).isTrue();
        String task = "/api/tasks/" + rake.path("id").asText();
        team.stranger.api().delete(task + "/completion");
        assertThat(team.stranger
                        .api()
                        .put(task + "/completion")
                        .json()
                        .path("completedAt")
                        .isNull())
                .isFalse();
    }

    @Test
    void readsAFileInTheCharsetThatIsNamed() {
        byte[] file = "Name\nžluťoučký\n".getBytes(Charset.forName("windows-1250"));

        Api.Answer report = team.stranger.api().post("/api/imports?charset=windows-1250", file);
        Api.Answer unknown = team.stranger.api().post("/api/imports?charset=ebcdic", file);

        assertThat(tasks(report).path(0).path("title").asText()).isEqualTo("žluťoučký");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.at("/errors/0/pointer")).as(unknown.toString()).isEqualTo("?charset");
    }

    @Test
    void previewsAFileAndStoresNothing() {
        byte[] file = "title,due\nGrüße bestellen,2026-12-01\n".getBytes(Charset.forName("windows-1252"));
        Api ada = team.stranger.api();
        JsonNode projects = ada.get("/api/projects").json();

        Api.Answer guessed = ada.post("/api/imports/preview", file);
        Api.Answer named = ada.post("/api/imports/preview?charset=windows-1251&columns=title:due", file);
        Api.Answer large = ada.post("/api/imports/preview", "title\n" + "Rake\n".repeat(100_000));
        Api.Answer empty = ada.post("/api/imports/preview", "");

        assertThat(guessed.status()).as(guessed.toString()).isEqualTo(200);
        assertThat(guessed.at("/format")).isEqualTo("csv");
        assertThat(guessed.at("/charset")).isEqualTo("windows-1252");
        assertThat(guessed.at("/charsetGuessed")).isEqualTo("true");
        assertThat(guessed.at("/columns/1")).isEqualTo("due");
        assertThat(guessed.at("/titles/0")).isEqualTo("Grüße bestellen");
        assertThat(named.at("/charsetGuessed")).isEqualTo("false");
        assertThat(named.at("/titles/0")).isEqualTo("2026-12-01");
        assertThat(large.at("/titles/0")).isEqualTo("Rake");
        assertThat(empty.code()).isEqualTo("import-invalid");
        assertThat(ada.get("/api/projects").json()).isEqualTo(projects);
    }

    @Test
    void makesAProjectOfATrelloBoard() {
        Api.Answer report = team.stranger.api().post("/api/imports", BOARD);

        assertThat(report.status()).as(report.toString()).isEqualTo(201);
        assertThat(report.header("Location")).endsWith("/api/projects/" + report.at("/project/id"));
        assertThat(report.at("/format")).isEqualTo("trello");
        assertThat(report.at("/project/name")).isEqualTo("Moving house");
        assertThat(report.at("/created/sections")).isEqualTo("2");
        assertThat(report.at("/created/labels")).isEqualTo("1");
        assertThat(report.at("/leftOut")).isEqualTo("0");
        JsonNode tasks = tasks(report);
        assertThat(tasks)
                .extracting(task -> task.path("title").asText())
                .startsWith("Books")
                .endsWith("Chairs");
        assertThat(tasks.path(0).path("status").asText()).isEqualTo("done");
        assertThat(tasks.path(0).path("labels")).hasSize(1);
        assertThat(tasks.path(0).path("description").asText()).startsWith("*All* of them");
        assertThat(tasks.path(0).path("subtasks").path("done").asInt()).isEqualTo(1);
        assertThat(team.stranger
                        .api()
                        .get("/api/projects/" + report.at("/project/id"))
                        .at("/role"))
                .isEqualTo("owner");
        assertThat(Rows.of(
                        "select count(*) from tasks.outbox where payload ->> 'projectId' = ?::uuid::text and type = 'task.created'",
                        report.at("/project/id")))
                .containsExactly("" + tasks.size());
    }

    @Test
    void makesAProjectOfATodoistFile() {
        Api.Answer report = csv().post("/api/imports?fileName=House.csv", TODOIST);

        assertThat(report.status()).as(report.toString()).isEqualTo(201);
        assertThat(report.at("/format")).isEqualTo("todoist");
        assertThat(report.at("/project/name")).isEqualTo("House");
        JsonNode tasks = tasks(report);
        assertThat(tasks).extracting(task -> task.path("title").asText()).containsExactly("Pots", "Lids");
        assertThat(tasks.path(0).path("priority").asText()).isEqualTo("urgent");
        assertThat(tasks.path(1).path("parentId")).isEqualTo(tasks.path(0).path("id"));
    }

    @Test
    void makesAProjectOfATableWithNamedColumns() {
        Api.Answer report = csv().post(
                        "/api/imports?format=csv&name=Tools&columns=title:What&timeZone=Europe/Berlin",
                        "What,Status\nRake,done\nHoe,\n");

        assertThat(report.status()).as(report.toString()).isEqualTo(201);
        assertThat(report.at("/project/name")).isEqualTo("Tools");
        assertThat(tasks(report))
                .extracting(task -> task.path("title").asText())
                .containsExactly("Rake", "Hoe");
    }

    @Test
    void keepsWhetherAFileSaysADateOrATime() {
        String header = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\n";
        Api.Answer todoist = csv().post(
                        "/api/imports?fileName=House.csv&timeZone=Pacific/Auckland",
                        header + "task,Tree,,4,1,,,24 Dec 2026,en,\ntask,Feast,,4,1,,,24 Dec 2026 18:00,en,\n");
        Api.Answer table = csv().post(
                        "/api/imports?format=csv&name=Tools&timeZone=Europe/Berlin",
                        "title,start,due\nRake,2026-12-24,24.12.2026 00:00\n");
        Api.Answer board = team.stranger.api().post("/api/imports", BOARD);

        assertThat(tasks(todoist))
                .extracting(task -> task.path("due").asText())
                .containsExactly("2026-12-24", "2026-12-24T05:00:00Z");
        assertThat(tasks(table).path(0).path("start").asText()).isEqualTo("2026-12-24");
        assertThat(tasks(table).path(0).path("due").asText()).isEqualTo("2026-12-23T23:00:00Z");
        assertThat(tasks(board).path(0).path("due").asText()).isEqualTo("2026-12-01T10:00:00Z");
    }

    @Test
    void ofABrokenFileNothingIsLeft() {
        List<Api.Answer> answers = List.of(
                team.stranger.api().post("/api/imports", BOARD.substring(0, 700)),
                team.stranger.api().post("/api/imports?format=trello", "[]"),
                csv().post("/api/imports", "title\n\"open"),
                csv().post("/api/imports", new byte[] {0, 1, 2, (byte) 0xff}),
                csv().post("/api/imports"),
                csv().post("/api/imports", ""));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("import-invalid");
        });
        assertThat(Team.texts(team.stranger.api().get("/api/projects"), "id")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "format=excel, invalid",
        "timeZone=Atlantis, invalid",
        "zone=Europe/Berlin, unknown-parameter",
        "columns=nonsense, invalid",
        "colour=red, unknown-parameter",
    })
    void refusesParametersThatMakeNoSense(String query, String code) {
        Api.Answer answer = csv().post("/api/imports?" + query, "title\nRake\n");

        assertThat(answer.status() + answer.code()).as(answer.toString()).isEqualTo("400" + code);
        assertThat(answer.at("/errors/0/pointer")).startsWith("?" + query.substring(0, query.indexOf('=')));
    }

    @Test
    void refusesANameThatIsTooLong() {
        Api.Answer answer = csv().post("/api/imports?name=" + "x".repeat(201), "title\nRake\n");

        assertThat(answer.status() + answer.code()).as(answer.toString()).isEqualTo("400invalid");
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        Api.Answer large = csv().post("/api/imports", new byte[ImportResource.MAX_BYTES + 1]);

        assertThat(large.status()).isEqualTo(413);
        assertThat(large.code()).isEqualTo("too-large");
    }

    @Test
    void theSameFileTwiceUnderOneKeyMakesOneProject() {
        Api again = team.stranger.api().idempotencyKey("key-1");

        Api.Answer first = again.post("/api/imports", BOARD);
        Api.Answer second = again.post("/api/imports", BOARD);
        Api.Answer other = again.post("/api/imports", BOARD + " ");

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
        assertThat(Team.texts(team.stranger.api().get("/api/projects"), "id")).hasSize(1);
    }

    private Api csv() {
        return team.stranger.api().header("Content-Type", "text/csv");
    }

    private JsonNode tasks(Api.Answer report) {
        return team.stranger
                .api()
                .get("/api/tasks?project=" + report.at("/project/id"))
                .json()
                .path("items");
    }
}
