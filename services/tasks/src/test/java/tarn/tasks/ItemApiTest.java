package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarn.testing.Api;
import tarn.testing.TestUser;

@QuarkusTest
final class ItemApiTest {

    @Inject
    Team team;

    @Test
    void aNameIsEnough() {
        Api.Answer answer = team.editor.api().post("/api/items", Map.of("name", " Sample "));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.etag()).isEqualTo("\"1\"");
        assertThat(answer.header("Location")).endsWith("/api/items/" + answer.at("/id"));
        JsonNode item = answer.json();
        assertThat(item.path("name").asText()).isEqualTo("Sample");
        assertThat(item.path("projectId").isNull()).isTrue();
        assertThat(item.path("quantity").asText()).isEqualTo("1");
        assertThat(item.path("unitPrice").asText()).isEqualTo("0");
        assertThat(item.path("formula").asText()).isEqualTo("quantity * unitPrice");
        assertThat(item.path("total").asText()).isEqualTo("0");
        assertThat(item.path("totalState").asText()).isEqualTo("done");
        assertThat(team.editor.api().get("/api/items/" + answer.at("/id")).json())
                .isEqualTo(item);
    }

    @Test
    void keepsEveryDigit() {
        Api.Answer answer = add(Map.of(
                "name",
                "Sand",
                "quantity",
                "12345678901234567890.0123456789",
                "unitPrice",
                "0.0000000001",
                "unit",
                "t"));

        assertThat(answer.at("/total")).isEqualTo("1234567890.12345678900123456789");
        assertThat(answer.at("/quantity")).isEqualTo("12345678901234567890.0123456789");
        assertThat(read(answer).path("total").asText()).isEqualTo(answer.at("/total"));
    }

    @Test
    void saysWhenATotalIsRounded() {
        Api.Answer answer = add(Map.of("name", "Pie", "formula", ReckoningCalculator.THIRD));

        assertThat(answer.at("/totalExact")).isEqualTo("false");
        assertThat(answer.at("/total")).startsWith("0.3333");
    }

    @Test
    void anotherQuantityIsAnotherTotal() {
        String path = path(add(Map.of("name", "Paint", "quantity", "2", "unitPrice", "10.50", "currency", "EUR")));

        Api.Answer changed = team.editor.api().ifMatch("\"1\"").patch(path, Map.of("quantity", "3"));
        Api.Answer renamed = team.editor.api().patch(path, Map.of("name", "Colour"));
        Api.Answer same = team.editor.api().patch(path, Map.of("name", "Colour"));
        Api.Answer late = team.editor.api().ifMatch("\"1\"").patch(path, Map.of("quantity", "4"));

        assertThat(changed.at("/total")).isEqualTo("31.50");
        assertThat(changed.etag()).isEqualTo("\"2\"");
        assertThat(renamed.at("/total")).isEqualTo("31.50");
        assertThat(same.etag()).isEqualTo(renamed.etag()).isEqualTo("\"3\"");
        assertThat(late.code()).isEqualTo("version-mismatch");
    }

    @Test
    void aFormulaThatComesToNothingIsRefusedWithItsPlace() {
        String path = path(add(Map.of("name", "Paint")));

        Api.Answer added = add(Map.of("name", "Paint", "formula", ReckoningCalculator.BY_NOTHING));
        Api.Answer changed = team.editor.api().patch(path, Map.of("formula", ReckoningCalculator.BY_NOTHING));
        Api.Answer truth = team.editor.api().patch(path, Map.of("formula", ReckoningCalculator.TRUTH));

        for (Api.Answer answer : List.of(added, changed)) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("division-by-zero");
            assertThat(answer.at("/errors/0/pointer")).isEqualTo("/formula");
            assertThat(answer.at("/errors/0/position")).isEqualTo("9");
        }
        assertThat(truth.code()).isEqualTo("not-a-number");
        assertThat(team.editor.api().get(path).etag()).isEqualTo("\"1\"");
    }

    @Test
    void isSavedWhileTheCalculatorIsSilentAndCompletedLater() {
        String formula = ReckoningCalculator.SLOW + "1";

        Api.Answer added = add(Map.of("name", "Paint", "quantity", "2", "unitPrice", "4", "formula", formula));
        Api.Answer completed = team.editor.api().put(path(added) + "/calculation");
        Api.Answer again = team.editor.api().put(path(added) + "/calculation");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("total").isNull()).isTrue();
        assertThat(added.at("/totalState")).isEqualTo("pending");
        assertThat(completed.at("/totalState") + completed.at("/total")).isEqualTo("done8");
        assertThat(again.etag()).isEqualTo(completed.etag()).isEqualTo("\"2\"");
    }

    @Test
    void aFormulaTakenOnTrustMayFailLaterAndStandsInNoWay() {
        String path = path(add(Map.of("name", "Paint", "formula", ReckoningCalculator.SLOW_BY_NOTHING)));

        Api.Answer renamed = team.editor.api().patch(path, Map.of("name", "Colour"));
        Api.Answer asked = team.editor.api().put(path + "/calculation");
        Api.Answer other = team.editor.api().patch(path, Map.of("quantity", "2"));
        Api.Answer mended = team.editor.api().patch(path, Map.of("formula", ReckoningCalculator.PRODUCT));

        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(200);
        assertThat(renamed.at("/totalState")).isEqualTo("failed");
        assertThat(asked.etag()).isEqualTo(renamed.etag());
        assertThat(other.code()).isEqualTo("division-by-zero");
        assertThat(mended.at("/totalState")).isEqualTo("done");
    }

    @Test
    void aChangeAsksAgainForATotalThatIsPending() {
        String path = path(add(Map.of("name", "Paint", "unitPrice", "4", "formula", ReckoningCalculator.SLOW + "2")));

        Api.Answer renamed = team.editor.api().patch(path, Map.of("name", "Colour"));

        assertThat(renamed.at("/total")).isEqualTo("4");
    }

    @Test
    void sumsAreByCurrency() {
        add(Map.of("name", "Paint", "quantity", "2", "unitPrice", "0.1", "currency", "EUR"));
        add(Map.of("name", "Brush", "unitPrice", "0.2", "currency", "EUR"));
        add(Map.of("name", "Ladder", "unitPrice", "1200", "currency", "JPY"));
        add(Map.of("name", "Hours", "quantity", "3", "unitPrice", "1"));
        add(Map.of("name", "Late", "currency", "EUR", "formula", ReckoningCalculator.SLOW + "3"));
        team.editor.api().delete(path(add(Map.of("name", "Gone", "unitPrice", "7", "currency", "EUR"))));

        JsonNode sums =
                team.viewer.api().get("/api/items/sums?project=" + team.project).json();

        assertThat(sums.path("items"))
                .map(JsonNode::toString)
                .containsExactly(
                        "{\"currency\":\"EUR\",\"total\":\"0.4\",\"exact\":true,\"items\":3,\"unknown\":1}",
                        "{\"currency\":\"JPY\",\"total\":\"1200\",\"exact\":true,\"items\":1,\"unknown\":0}",
                        "{\"currency\":null,\"total\":\"3\",\"exact\":true,\"items\":1,\"unknown\":0}");
        assertThat(team.viewer.api().get("/api/items/sums").at("/errors/0/pointer"))
                .isEqualTo("?project");
    }

    @Test
    void ofOneAloneNobodyElseSees() {
        String path = "/api/items/"
                + team.owner.api().post("/api/items", Map.of("name", "Present")).at("/id");

        assertThat(team.owner.api().get(path).status()).isEqualTo(200);
        for (TestUser other : List.of(team.editor, team.stranger)) {
            assertThat(other.api().get(path).status()).isEqualTo(404);
            assertThat(other.api().patch(path, Map.of("name", "Mine")).status()).isEqualTo(404);
            assertThat(other.api().delete(path).status()).isEqualTo(404);
            assertThat(Team.texts(other.api().get("/api/items"), "name")).doesNotContain("Present");
        }
    }

    @Test
    void onesOwnAreListedAndSummedApart() {
        add(Map.of("name", "Paint", "unitPrice", "7"));
        team.owner.api().post("/api/items", Map.of("name", "Present", "unitPrice", "5", "currency", "EUR"));
        team.editor.api().post("/api/items", Map.of("name", "Secret", "unitPrice", "9", "currency", "EUR"));

        Api.Answer sums = team.owner.api().get("/api/items/sums?own=true");

        assertThat(Team.texts(team.owner.api().get("/api/items?own=true"), "name"))
                .containsExactly("Present");
        assertThat(Team.texts(sums, "total")).containsExactly("5");
        assertThat(team.owner
                        .api()
                        .get("/api/items/sums?own=true&project=" + team.project)
                        .at("/errors/0/code"))
                .isEqualTo("exactly-one");
    }

    @Test
    void ofAProjectIsForItsMembers() {
        String path = path(add(Map.of("name", "Paint")));

        assertThat(team.viewer.api().get(path).status()).isEqualTo(200);
        assertThat(team.viewer.api().patch(path, Map.of("name", "Mine")).status())
                .isEqualTo(403);
        assertThat(team.viewer.api().delete(path).status()).isEqualTo(403);
        assertThat(team.viewer.api().put(path + "/calculation").status()).isEqualTo(403);
        assertThat(team.viewer
                        .api()
                        .post("/api/items", Map.of("name", "x", "projectId", team.project))
                        .status())
                .isEqualTo(403);
        assertThat(team.stranger.api().get(path).status()).isEqualTo(404);
        assertThat(team.stranger
                        .api()
                        .get("/api/items/sums?project=" + team.project)
                        .status())
                .isEqualTo(404);
        assertThat(team.stranger
                        .api()
                        .get("/api/items?project=" + team.project)
                        .json()
                        .path("items"))
                .isEmpty();
        team.owner.api().delete(team.path(""));
        assertThat(team.viewer.api().get(path).status()).isEqualTo(404);
    }

    @Test
    void goesToTheTrashAndBack() {
        String path = path(add(Map.of("name", "Paint", "unitPrice", "5")));

        team.editor.api().delete(path);
        Api.Answer again = team.editor.api().delete(path);
        List<String> trash = names("&deleted=true");
        Api.Answer read = team.viewer.api().get(path);
        Api.Answer changed = team.editor.api().patch(path, Map.of("quantity", "2"));
        Api.Answer restored = team.editor.api().put(path + "/restoration");
        Api.Answer same = team.editor.api().put(path + "/restoration");

        assertThat(again.status()).isEqualTo(204);
        assertThat(trash).containsExactly("Paint");
        assertThat(read.json().path("deletedAt").isNull()).isFalse();
        assertThat(changed.status() + changed.code()).isEqualTo("409in-trash");
        assertThat(restored.at("/total")).isEqualTo("5");
        assertThat(same.etag()).isEqualTo(restored.etag()).isEqualTo("\"3\"");
        assertThat(names("")).containsExactly("Paint");
    }

    @Test
    void isListedInPagesSortedAndFound() {
        for (String name : List.of("Ladder", "brush", "Paint", "Brush 2")) {
            add(Map.of("name", name));
        }

        Api.Answer first = team.viewer.api().get(list("&sort=name&limit=3"));
        Api.Answer second = team.viewer.api().get(list("&sort=name&limit=3&cursor=") + first.at("/nextCursor"));

        assertThat(Team.texts(first, "name")).containsExactly("brush", "Brush 2", "Ladder");
        assertThat(Team.texts(second, "name")).containsExactly("Paint");
        assertThat(second.json().path("nextCursor").isNull()).isTrue();
        assertThat(names("")).containsExactlyInAnyOrder("Ladder", "brush", "Paint", "Brush 2");
        assertThat(names("&text=BRUSH")).containsExactlyInAnyOrder("brush", "Brush 2");
        assertThat(names("&text=%25")).isEmpty();
    }

    @Test
    void oneKeyAddsOneItem() {
        Api once = team.editor.api().idempotencyKey("budget-1");

        Api.Answer first = once.post("/api/items", Map.of("name", "Paint", "projectId", team.project));
        Api.Answer again = once.post("/api/items", Map.of("name", "Paint", "projectId", team.project));

        assertThat(again.at("/id")).isEqualTo(first.at("/id"));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(names("")).containsExactly("Paint");
    }

    @Test
    void changesAtOnceAreAllKept() throws Exception {
        String path = path(add(Map.of("name", "Paint", "unitPrice", "2")));
        List<Callable<Api.Answer>> changes = List.of(
                () -> team.editor.api().patch(path, Map.of("quantity", "5")),
                () -> team.owner.api().patch(path, Map.of("unit", "l")),
                () -> team.owner.api().patch(path, Map.of("currency", "EUR")));

        List<Api.Answer> answers = Team.atOnce(changes);

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        JsonNode item = team.viewer.api().get(path).json();
        assertThat(item.path("total").asText()
                        + item.path("unit").asText()
                        + item.path("currency").asText())
                .isEqualTo("10lEUR");
    }

    @ParameterizedTest
    @CsvSource({
        "quantity, 1e3, /quantity",
        "quantity, '1,5', /quantity",
        "quantity, 123456789012345678901, /quantity",
        "unitPrice, 0.12345678901, /unitPrice",
        "unitPrice, '', /unitPrice",
        "currency, euro, /currency",
        "currency, XQQ, /currency",
        "name, '', /name",
        "formula, '', /formula",
        "unit, 1234567890123456789012345678901, /unit"
    })
    void refusesWhatItCanNotKeep(String field, String value, String pointer) {
        Map<String, Object> draft = new LinkedHashMap<>(Map.of("name", "Paint"));
        draft.put(field, value);

        Api.Answer answer = add(draft);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void staysInItsProject() {
        String path = path(add(Map.of("name", "Paint")));

        Api.Answer answer = team.editor.api().patch(path, Map.of("projectId", UUID.randomUUID()));

        assertThat(answer.code()).isEqualTo("immutable");
    }

    @Test
    void everyChangeIsOneEvent() {
        String id = add(Map.of("name", "Secret", "unitPrice", "3")).at("/id");
        String path = "/api/items/" + id;
        team.editor.api().patch(path, Map.of("quantity", "2"));
        team.editor.api().patch(path, Map.of("quantity", "2"));
        team.editor.api().delete(path);
        team.editor.api().put(path + "/restoration");

        assertThat(events("type", id)).containsExactly("item.created", "item.changed", "item.deleted", "item.restored");
        assertThat(events("payload ->> 'total'", id)).containsExactly("3", "6", "6", "6");
        assertThat(String.join("", events("payload::text", id))).doesNotContain("Secret");
    }

    @Test
    void goesWithTheAccountOfItsOnlyReader() {
        TestUser alone = team.user();
        String id = alone.api().post("/api/items", Map.of("name", "Mine")).at("/id");

        Api.Answer answer = team.service("identity").delete("/internal/tasks/memberships/" + alone.id());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(alone.api().get("/api/items/" + id).json().path("deletedAt").isNull())
                .isFalse();
        assertThat(events("type", id)).isEmpty();
    }

    private static List<String> events(String what, String id) {
        return Rows.of("select " + what + " from tasks.outbox where aggregate_id = ? order by seq", id);
    }

    private Api.Answer add(Map<String, ?> fields) {
        Map<String, Object> draft = new LinkedHashMap<>(fields);
        draft.put("projectId", team.project);
        return team.editor.api().post("/api/items", draft);
    }

    private String list(String query) {
        return "/api/items?project=" + team.project + query;
    }

    private List<String> names(String query) {
        return new ArrayList<>(Team.texts(team.viewer.api().get(list(query)), "name"));
    }

    private static String path(Api.Answer added) {
        return "/api/items/" + Team.created(added);
    }

    private JsonNode read(Api.Answer added) {
        return team.viewer.api().get(path(added)).json();
    }

    @Test
    void pendingTotalsAreCompletedByAJob() {
        String path = path(add(Map.of("name", "Paint", "unitPrice", "4", "formula", ReckoningCalculator.SLOW + "4")));
        assertThat(team.editor.api().get(path).at("/totalState")).isEqualTo("pending");

        Api.Answer done =
                team.service("worker").post("/internal/tasks/jobs/complete-totals", Map.of("run", System.nanoTime()));

        assertThat(done.status()).as(done.toString()).isEqualTo(200);
        Api.Answer item = team.editor.api().get(path);
        assertThat(item.at("/totalState")).isEqualTo("done");
        assertThat(item.at("/updatedBy")).isEqualTo(team.editor.id().toString());
        assertThat(Rows.of("select coalesce(actor::text, 'nobody') from tasks.outbox where type = 'item.changed'"
                        + " and aggregate_id = '" + path.substring(path.lastIndexOf('/') + 1) + "'"))
                .contains("nobody");
    }
}
