package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tarn.imports.ImportPlan.Color;
import tarn.imports.ImportPlan.Item;
import tarn.imports.ImportPlan.Label;
import tarn.imports.ImportPlan.Section;

final class TrelloBoardTest {
    private final ImportPlan plan = Exports.readFile("board.json");

    @Test
    void namesTheProjectAfterTheBoard() {
        assertThat(plan.format()).isEqualTo(ImportFormat.TRELLO);
        assertThat(plan.projectName()).isEqualTo("Garden 🌱");
        assertThat(plan.description()).isEqualTo("Everything outside");
    }

    @Test
    void listsBecomeSectionsInTheOrderOfTheBoard() {
        assertThat(plan.sections())
                .containsExactly(new Section("section-1", "Next", false), new Section("section-2", "Old", true));
    }

    @Test
    void cardsFollowTheirPositionAndItemsTheirCard() {
        assertThat(Exports.titles(plan))
                .containsExactly(
                        "Build a [raised] bed",
                        "Steps: Dig",
                        "Steps: Fill",
                        "Tools: Saw",
                        "Order seeds",
                        "Untitled",
                        "Water");
        assertThat(Exports.parent(plan, Exports.item(plan, "Tools: Saw"))).isEqualTo("Build a [raised] bed");
        assertThat(Exports.section(plan, Exports.item(plan, "Tools: Saw"))).isEqualTo("Next");
    }

    @Test
    void completedCardsAndItemsKnowWhenIfTheHistoryTells() {
        Item seeds = Exports.item(plan, "Order seeds");
        Item dig = Exports.item(plan, "Steps: Dig");

        assertThat(seeds.done()).isTrue();
        assertThat(seeds.completedAt()).isEqualTo(Instant.parse("2026-03-02T08:30:00Z"));
        assertThat(seeds.start()).hasToString("2026-02-20T12:00:00Z");
        assertThat(seeds.due()).hasToString("2026-03-01T12:00:00Z");
        assertThat(dig.completedAt()).isEqualTo(Instant.parse("2026-03-03T09:00:00Z"));
        assertThat(Exports.item(plan, "Steps: Fill").done()).isFalse();
        assertThat(Exports.item(plan, "Tools: Saw").due()).hasToString("2026-04-01T08:00:00Z");
    }

    @Test
    void colorsBecomeTheNearestOfOurs() {
        assertThat(plan.labels())
                .containsExactly(
                        new Label("label-1", "Wood", Color.GREEN),
                        new Label("label-2", "", Color.TEAL),
                        new Label("label-3", "No colour", Color.GRAY));
    }

    @Test
    void keepsAttachmentsFieldsAndPeopleAsText() {
        assertThat(Exports.item(plan, "Build a [raised] bed").description()).isEqualTo("""
            Larch, not pine.

            Effort: 3
            Season: Spring

            Attachments:

            - [Plan (final).pdf](https://trello.com/1/cards/c1/Plan%20%28final%29.pdf)
            - `Run me javascript:alert(1)`\
            """);
        assertThat(Exports.item(plan, "Order seeds").description()).isEqualTo("Members: Ada Example");
    }

    @Test
    void readsCommentsWithTheirAuthorAndTime() {
        assertThat(plan.comments()).singleElement().satisfies(comment -> {
            assertThat(comment.itemKey())
                    .isEqualTo(Exports.item(plan, "Build a [raised] bed").key());
            assertThat(comment.author()).isEqualTo("Unknown user");
            assertThat(comment.writtenAt()).isEqualTo(Instant.parse("2026-02-01T10:00:00Z"));
            assertThat(comment.text()).isEqualTo("secret words");
        });
    }

    @Test
    void reportsWhatIsMissingOrDifferentWithItsPlace() {
        assertThat(Exports.report(plan))
                .containsExactly(
                        "/cards/4 left-out duplicate-id",
                        "/actions left-out comments",
                        "/members left-out person",
                        "/checklists left-out unknown-card",
                        "/cards/1 adjusted unknown-label",
                        "/cards/1 adjusted attachments",
                        "/cards/2 adjusted untitled",
                        "/cards/3 adjusted unknown-list",
                        "/customFields adjusted custom-fields",
                        "/customFields adjusted custom-fields",
                        "/actions info history",
                        "/customFields info custom-fields",
                        "/labels info colors",
                        "info technical-keys");
        assertThat(plan.leftOut()).isEqualTo(1 + 1 + 1 + 1);
        assertThat(Exports.item(plan, "Untitled").archived()).isTrue();
    }

    @Test
    void neverShowsTheSecretAddressOfACard() {
        assertThat(plan.toString()).doesNotContain("@boards.trello.com");
    }

    @Test
    void aSingleChecklistIsNamedOnlyInTheDescription() {
        ImportPlan plan = Exports.read("""
            {"lists": [], "cards": [{"id": "c", "name": "Cake"}, {"id": "d", "name": "Tea"}], "checklists": [
              {"name": "Ingredients", "idCard": "c", "checkItems": [{"name": "Eggs", "state": "complete"}]},
              {"name": "Checklist", "idCard": "d", "checkItems": []}]}\
            """);

        assertThat(Exports.titles(plan)).containsExactly("Cake", "Eggs", "Tea");
        assertThat(Exports.item(plan, "Cake").description()).isEqualTo("Checklist: Ingredients");
        assertThat(Exports.item(plan, "Tea").description()).isEmpty();
        assertThat(Exports.report(plan)).contains("/cards/1 left-out empty-checklist");
    }

    @Test
    void takesLabelsFromTheCardWhereTheBoardHasNone() {
        ImportPlan plan = Exports.read("""
            {"lists": [], "cards": [{"name": "Old", "labels": [{"name": "x", "color": "black_light"}, {"color": "magenta"}]}]}\
            """);

        assertThat(plan.labels())
                .containsExactly(new Label("label-1", "x", Color.GRAY), new Label("label-2", "", Color.PINK));
        assertThat(plan.items().getFirst().labelKeys()).containsExactly("label-1", "label-2");
    }

    @Test
    void namesAreCleanedOfWhatCannotBeSeenAsTheApiWouldRefuseIt() {
        ImportPlan plan = Exports.read("""
            {"name": "Gar\\u200bden", "lists": [{"id": "l", "name": "Ne\\u202ext"}], "labels": [{"id": "n", "name": "\\u2800"}],
             "cards": [{"name": "Se\\u00ade\\u001bds", "desc": "a\\u001bb", "idList": "l"}, {"name": "\\u200e \\u200e", "idList": "l"}]}\
            """);

        assertThat(plan.projectName()).isEqualTo("Garden");
        assertThat(plan.sections().getFirst().name()).isEqualTo("Next");
        assertThat(plan.labels().getFirst().name()).isEmpty();
        assertThat(Exports.titles(plan)).containsExactly("Seeds", "Untitled");
        assertThat(plan.items().getFirst().description()).isEqualTo("a\uFFFDb");
        assertThat(Exports.report(plan))
                .contains(
                        "adjusted characters-replaced",
                        "/lists/0 adjusted characters-replaced",
                        "/cards/0 adjusted characters-replaced",
                        "/cards/1 adjusted untitled");
    }

    @Test
    void readsChecklistsThatStandInTheirCard() {
        ImportPlan plan = Exports.read("""
            {"lists": [{"id": "l"}], "cards": [{"id": "c", "name": "Cake", "idList": "l", "checklists": [
               {"id": "k", "name": "Ingredients", "checkItems": [{"id": "i", "name": "Eggs", "state": "complete"}]}]}],
             "checklists": [
               {"id": "k", "name": "Ingredients", "idCard": "c", "checkItems": [{"id": "i", "name": "Eggs"}]},
               {"id": "k2", "name": "Tools", "idCard": "c", "checkItems": [{"id": "i2", "name": "Bowl", "dueReminder": 60}]}]}\
            """);

        assertThat(Exports.titles(plan)).containsExactly("Cake", "Ingredients: Eggs", "Tools: Bowl");
        assertThat(Exports.item(plan, "Tools: Bowl").description()).isEqualTo("Reminder: 1 hour before it is due");
        assertThat(Exports.report(plan)).doesNotContain("/cards/0/checklists/0/checkItems/0 left-out duplicate-id");
    }

    @Test
    void keepsVotesPlacesRemindersAndCoversAsText() {
        ImportPlan plan = Exports.read("""
            {"lists": [{"id": "l"}], "members": [{"id": "m", "fullName": "Ada Example"}], "cards": [
              {"name": "Picnic", "idList": "l", "idMembersVoted": ["m", "gone"], "locationName": "Park", "address": "Main St 1",
               "coordinates": {"latitude": 52.5, "longitude": 13.4}, "dueReminder": 1440,
               "cover": {"color": "red", "idAttachment": "a"}, "isTemplate": true, "stickers": [{"image": "heart"}],
               "subscribed": true, "pluginData": [{"value": "{}"}]},
              {"name": "Secret vote", "idList": "l", "badges": {"votes": 3}, "dueReminder": -1}]}\
            """);

        assertThat(plan.items().getFirst().description()).isEqualTo("""
            Votes: 2 (Ada Example)
            Location: Park, Main St 1, 52.5, 13.4
            Reminder: 1 day before it is due
            Cover: red
            Template: yes\
            """);
        assertThat(plan.items().getLast().description()).isEqualTo("Votes: 3");
        assertThat(Exports.report(plan))
                .contains(
                        "/cards/0/stickers left-out not-imported",
                        "/cards/0/subscribed left-out not-imported",
                        "/cards/0/pluginData left-out not-imported",
                        "/cards left-out covers",
                        "/members left-out unknown-member");
    }

    @Test
    void survivesWrongTypesEverywhere() {
        ImportPlan plan = Exports.read("""
            {"name": ["x"], "desc": {"a": 1}, "members": 5, "checklists": {"a": []}, "labels": null,
             "lists": [7, {"id": {}, "name": [], "closed": "yes", "pos": "top"}, {"id": "l"}, {"id": "l"}],
             "actions": [{"type": [], "data": 5, "date": {}}, {"data": {"card": 1, "old": [], "checkItem": "x"}}],
             "cards": [[], "x", {"id": 12, "name": 5, "desc": false, "closed": {}, "idList": "l", "pos": 1e400,
               "due": "soon", "start": "later", "idLabels": "none", "labels": [1], "attachments": [null, {"name": {}}],
               "customFieldItems": [{"value": 3}, {"value": {"text": [1]}}], "dateCompleted": 99}]}\
            """);

        Item card = plan.items().getFirst();
        assertThat(plan.items()).hasSize(1);
        assertThat(card.title()).isEqualTo("5");
        assertThat(card.description()).startsWith("Due: soon");
        assertThat(Exports.report(plan))
                .contains(
                        "/name adjusted wrong-type",
                        "/lists/0 left-out wrong-type",
                        "/lists/3 left-out duplicate-id",
                        "/cards/1 left-out wrong-type",
                        "/cards/2/closed adjusted wrong-type",
                        "/cards/2/start left-out unknown-date");
    }

    @Test
    void saysWhereTheJsonIsBroken() {
        assertRefused("{\"lists\": [],\n \"cards\": [}", "malformed-json", "line 2, column 12");
        assertRefused("{\"lists\": [], \"cards\": [{\"name\": \"x", "truncated", "/cards/0/name");
        assertRefused("{\"lists\": [], \"cards\": []} more", "malformed-json", "line 1");
        assertRefused("{\"lists\": [], \"cards\": []} {}", "malformed-json", "follows the end");
        assertRefused("{\"lists\": [], \"cards\": [], \"cards\": []}", "duplicate-key", "/cards twice");
        assertRefused("{\"lists\": [], \"cards\": {}}", "not-trello", "/cards is not an array");
        assertRefused("{\"cards\": []}", "not-trello", "/lists is missing");
        assertRefused("[]", "not-trello", "object");
    }

    private static void assertRefused(String json, String code, String detail) {
        assertThatThrownBy(() -> Exports.read(json)).isInstanceOfSatisfying(UnreadableImport.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.detail()).contains(detail);
        });
    }
}
