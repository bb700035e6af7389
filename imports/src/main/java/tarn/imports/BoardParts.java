package tarn.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.SourceLocation;

/// The parts of a Trello board that cards refer to, read before the cards: lists, labels, members,
/// custom fields and top-level checklists.
final class BoardParts {
    private static final int MAX_LISTS = 5_000;
    private static final int MAX_MEMBERS = 2_000;
    private static final int MAX_FIELDS = 500;
    private static final int MAX_OPTIONS = 5_000;
    private static final int MAX_NAME = 1_000;
    private static final int MAX_OPTION = 400;

    private record BoardList(String id, String name, boolean closed, double pos, String path) {}

    /// An item of a checklist.
    ///
    /// @param member an id; empty for none
    record CheckItem(
            String id,
            String name,
            boolean done,
            @Nullable ImportDate due,
            String reminder,
            String member,
            double pos,
            String path) {}

    record Checklist(String id, String name, double pos, List<CheckItem> items, String path) {}

    private static final class CustomField {
        final String name;
        final List<String> options = new ArrayList<>();
        int values;

        CustomField(String name) {
            this.name = name;
        }
    }

    private final PlanDraft draft;
    private final BoardKeys keys;
    private final BoardLabels labels;
    private final Set<String> seen = new HashSet<>();
    private final List<BoardList> lists = new ArrayList<>();
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, String> sections = new HashMap<>();
    private final Map<String, String> members = new LinkedHashMap<>();
    private final Map<String, String> usernames = new HashMap<>();
    private final Map<String, Integer> assignments = new HashMap<>();
    private final Map<String, CustomField> fields = new LinkedHashMap<>();
    private final Map<String, String> options = new HashMap<>();
    private final Map<String, List<Checklist>> checklists = new LinkedHashMap<>();
    private final Set<String> itemIds = new HashSet<>();
    private final Map<String, String> labelNames = new LinkedHashMap<>();
    private int things;
    private int checklistCount;
    private int membersTooMany;
    private int fieldsTooMany;
    private int optionsTooMany;
    private int strangers;
    String name = "";
    String description = "";

    BoardParts(PlanDraft draft, BoardKeys keys, BoardLabels labels) {
        this.draft = draft;
        this.keys = keys;
        this.labels = labels;
    }

    /// Reads the board without cards and history, and defines sections and labels.
    void read(BoardJson json) throws IOException {
        json.fields("", (field, path) -> {
            seen.add(field);
            switch (field) {
                case "name" -> name = json.text(path);
                case "desc" -> description = json.text(path);
                case "lists" -> {
                    requireArray(json, path);
                    json.objects(path, at -> list(json, at));
                }
                case "cards" -> {
                    requireArray(json, path);
                    json.skip();
                }
                case "actions" -> json.skip();
                case "labels" -> json.objects(path, at -> labels.define(labels.read(json, at)));
                case "labelNames" -> names(json, path);
                case "checklists" -> json.objects(path, at -> checklist(json, at, "", keep(checklists)));
                case "members" -> json.objects(path, at -> member(json, at));
                case "customFields" -> json.objects(path, at -> customField(json, at));
                default -> json.rest(BoardKeys.BOARD, field, path);
            }
        });
        for (String part : List.of("lists", "cards")) {
            if (!seen.contains(part)) {
                throw BoardJson.notTrello("/" + part + " is missing.");
            }
        }
        defineSections();
    }

    private static void requireArray(BoardJson json, String path) {
        if (!json.isArray()) {
            throw BoardJson.notTrello(path + " is not an array.");
        }
    }

    private void list(BoardJson json, String path) throws IOException {
        String[] texts = {"", ""};
        boolean[] closed = {false};
        double[] pos = {Double.MAX_VALUE};
        json.fields(path, (field, at) -> {
            switch (field) {
                case "id" -> texts[0] = json.id(at);
                case "name" -> texts[1] = json.text(at, MAX_NAME);
                case "closed" -> closed[0] = json.flag(at);
                case "pos" -> pos[0] = json.position();
                default -> json.rest(BoardKeys.LIST, field, at);
            }
        });
        if (lists.size() == MAX_LISTS) {
            throw new UnreadableImport("too-many-sections", "The board has more than " + MAX_LISTS + " lists.");
        }
        lists.add(new BoardList(texts[0], texts[1], closed[0], pos[0], path));
    }

    private void defineSections() {
        lists.sort(Comparator.comparingDouble(BoardList::pos));
        for (BoardList list : lists) {
            if (!list.id.isEmpty() && order.putIfAbsent(list.id, order.size()) != null) {
                draft.report(
                        SourceLocation.path(list.path),
                        Severity.LEFT_OUT,
                        "duplicate-id",
                        "The list " + PlanDraft.quoted(list.name) + " has the id of another one.");
                continue;
            }
            String key = draft.section(list.name, list.closed, SourceLocation.path(list.path));
            if (key != null) {
                sections.put(list.id, key);
            }
        }
        lists.clear();
    }

    private void names(BoardJson json, String path) throws IOException {
        json.inner(path, (color, at) -> {
            String label = json.text(at, MAX_NAME);
            if (!label.isBlank()) {
                labelNames.put(color, label);
            }
        });
    }

    private void member(BoardJson json, String path) throws IOException {
        String[] texts = {"", "", ""};
        json.fields(path, (field, at) -> {
            switch (field) {
                case "id" -> texts[0] = json.id(at);
                case "fullName" -> texts[1] = json.text(at, MAX_NAME);
                case "username" -> texts[2] = json.text(at, MAX_NAME);
                default -> json.rest(BoardKeys.MEMBER, field, at);
            }
        });
        if (members.size() >= MAX_MEMBERS) {
            membersTooMany++;
            return;
        }
        boolean named = PlanDraft.isVisible(texts[1]);
        members.putIfAbsent(texts[0], PlanDraft.cut(named ? texts[1] : texts[2], 100));
        if (named && !texts[2].isBlank()) {
            usernames.putIfAbsent(texts[0], PlanDraft.cut(texts[2], 100));
        }
    }

    /// The names of the members with these ids; ids unknown to the file are counted.
    List<String> people(List<String> ids, boolean assigned) {
        List<String> names = new ArrayList<>();
        for (String id : ids) {
            String member = members.get(id);
            if (member == null) {
                strangers++;
            } else if (!member.isBlank()) {
                names.add(member);
                if (assigned) {
                    assignments.merge(id, 1, Integer::sum);
                }
            }
        }
        return names;
    }

    boolean knowsMember(String id) {
        return members.containsKey(id);
    }

    private void customField(BoardJson json, String path) throws IOException {
        String[] texts = {"", ""};
        List<String> values = new ArrayList<>();
        json.fields(path, (field, at) -> {
            switch (field) {
                case "id" -> texts[0] = json.id(at);
                case "name" -> texts[1] = json.text(at, MAX_NAME);
                case "options" -> json.objects(at, option -> option(json, option, values));
                default -> json.rest(BoardKeys.FIELD, field, at);
            }
        });
        if (fields.size() >= MAX_FIELDS) {
            fieldsTooMany++;
            return;
        }
        CustomField kept = fields.computeIfAbsent(texts[0], id -> new CustomField(texts[1]));
        kept.options.addAll(values);
    }

    private void option(BoardJson json, String path, List<String> values) throws IOException {
        String[] texts = {"", ""};
        json.fields(path, (field, at) -> {
            switch (field) {
                case "id", "_id" -> texts[0] = json.id(at);
                case "value" -> texts[1] = wrapped(json, at, MAX_OPTION);
                case "color" -> {
                    String color = json.scalar();
                    if (!color.isEmpty() && !"none".equals(color)) {
                        keys.leftOut(BoardKeys.FIELD_OPTION, field, at, PlanDraft.quoted(color));
                    }
                }
                default -> json.rest(BoardKeys.FIELD_OPTION, field, at);
            }
        });
        if (options.size() >= MAX_OPTIONS) {
            optionsTooMany++;
            return;
        }
        options.put(texts[0], texts[1]);
        values.add(texts[1]);
    }

    /// The value of `{"text": "..."}`, `{"number": "5"}`, `{"checked": "true"}` or `{"date": "..."}`.
    static String wrapped(BoardJson json, String path, int most) throws IOException {
        StringBuilder value = new StringBuilder();
        if (json.isObject()) {
            json.fields(path, (field, at) -> {
                String text = json.text(at, most);
                value.append(value.isEmpty() || text.isEmpty() ? "" : " ").append(text);
            });
        } else {
            value.append(json.text(path, most));
        }
        return value.toString();
    }

    /// A custom field's value as a line of a description.
    String fieldLine(String field, String option, String value) {
        CustomField known = fields.get(field);
        if (known != null) {
            known.values++;
        }
        String label = known == null || known.name.isBlank() ? "Custom field" : PlanDraft.cut(known.name, 100);
        String chosen = option.isEmpty() ? value : options.getOrDefault(option, option);
        return label + ": " + (chosen.isBlank() ? value : chosen);
    }

    /// Receives a checklist and the id of its card.
    @FunctionalInterface
    interface Taker {
        void take(String card, Checklist checklist);
    }

    private static Taker keep(Map<String, List<Checklist>> byCard) {
        return (card, checklist) ->
                byCard.computeIfAbsent(card, any -> new ArrayList<>()).add(checklist);
    }

    void checklist(BoardJson json, String path, String ofCard, Taker taker) throws IOException {
        if (++checklistCount > ImportPlan.MAX_ITEMS) {
            throw new UnreadableImport(
                    "too-many-items", "The board has more than " + ImportPlan.MAX_ITEMS + " checklists. Split it.");
        }
        String[] texts = {"", "", ofCard};
        double[] pos = {Double.MAX_VALUE};
        List<CheckItem> items = new ArrayList<>();
        json.fields(path, (field, at) -> {
            switch (field) {
                case "id" -> texts[0] = json.id(at);
                case "name" -> texts[1] = json.text(at, MAX_NAME);
                case "idCard" -> texts[2] = ofCard.isEmpty() ? json.id(at) : skipped(json, ofCard);
                case "pos" -> pos[0] = json.position();
                case "checkItems" -> json.objects(at, item -> checkItem(json, item, items));
                default -> json.rest(BoardKeys.CHECKLIST, field, at);
            }
        });
        draft.retain(texts[1]);
        items.sort(Comparator.comparingDouble(CheckItem::pos));
        taker.take(texts[2], new Checklist(texts[0], texts[1], pos[0], items, path));
    }

    private static String skipped(BoardJson json, String value) throws IOException {
        json.skip();
        return value;
    }

    private void checkItem(BoardJson json, String path, List<CheckItem> items) throws IOException {
        countThing();
        String[] texts = {"", "", "", "", ""};
        double[] pos = {Double.MAX_VALUE};
        @Nullable ImportDate[] due = {null};
        json.fields(path, (field, at) -> {
            switch (field) {
                case "id" -> texts[0] = json.id(at);
                case "name" -> texts[1] = json.text(at);
                case "state" -> texts[2] = state(json, at);
                case "idMember" -> texts[3] = json.id(at);
                case "dueReminder" -> texts[4] = reminder(json.text(at, 100));
                case "pos" -> pos[0] = json.position();
                case "due" -> due[0] = json.date(at);
                default -> json.rest(BoardKeys.CHECK_ITEM, field, at);
            }
        });
        draft.retain(texts[1]);
        items.add(new CheckItem(
                texts[0], texts[1], "complete".equals(texts[2]), due[0], texts[4], texts[3], pos[0], path));
    }

    private String state(BoardJson json, String path) throws IOException {
        String state = json.text(path, 100);
        if (!state.isEmpty() && !"complete".equals(state) && !"incomplete".equals(state)) {
            draft.report(
                    SourceLocation.path(path),
                    Severity.ADJUSTED,
                    "unknown-state",
                    "The state " + PlanDraft.quoted(state) + " is not known. The item is open.");
        }
        return state;
    }

    /// A reminder in minutes before the due date, in words; empty for none.
    static String reminder(String minutes) {
        if (minutes.isBlank() || minutes.startsWith("-")) {
            return "";
        }
        if (!minutes.matches("\\d{1,9}")) {
            return "Reminder: " + minutes;
        }
        int count = Integer.parseInt(minutes);
        if (count == 0) {
            return "Reminder: when it is due";
        }
        String unit = count % 1440 == 0 ? "day" : count % 60 == 0 ? "hour" : "minute";
        int units = "day".equals(unit) ? count / 1440 : "hour".equals(unit) ? count / 60 : count;
        return "Reminder: " + units + " " + unit + (units == 1 ? "" : "s") + " before it is due";
    }

    /// Counts a card or checklist item against the limit of a plan.
    void countThing() {
        PlanDraft.requireRoom(++things);
    }

    /// Whether the item's id is new.
    boolean isNewItem(CheckItem item) {
        if (item.id.isEmpty() || itemIds.add(item.id)) {
            return true;
        }
        draft.report(
                SourceLocation.path(item.path),
                Severity.LEFT_OUT,
                "duplicate-id",
                "The item " + PlanDraft.quoted(item.name) + " has the id of an earlier one.");
        return false;
    }

    /// Removes and returns a card's top-level checklists.
    List<Checklist> checklistsOf(String card) {
        List<Checklist> ofCard = card.isEmpty() ? null : checklists.remove(card);
        return ofCard == null ? new ArrayList<>() : ofCard;
    }

    boolean knowsList(String list) {
        return order.containsKey(list);
    }

    int orderOf(String list) {
        return order.getOrDefault(list, Integer.MAX_VALUE);
    }

    @Nullable
    String sectionOf(String list) {
        return sections.get(list);
    }

    /// Reports what no card has used, after all cards.
    void report() {
        reportFields();
        reportPeople();
        for (List<Checklist> orphans : checklists.values()) {
            for (Checklist orphan : orphans) {
                draft.leftOut(
                        SourceLocation.path("/checklists"),
                        "unknown-card",
                        "The card of the checklist " + PlanDraft.quoted(orphan.name) + " with " + orphan.items.size()
                                + " items is not in the file.",
                        Math.max(1, orphan.items.size()));
            }
        }
        labelNames.forEach((color, label) -> {
            if (!labels.hasName(label)) {
                draft.report(
                        SourceLocation.path("/labelNames/" + PlanDraft.cut(color, 60)),
                        Severity.LEFT_OUT,
                        "unknown-label",
                        "The file has no label " + PlanDraft.quoted(label) + ".");
            }
        });
    }

    private void reportFields() {
        for (CustomField field : fields.values()) {
            String named = "The custom field " + PlanDraft.quoted(field.name);
            boolean unused = field.values == 0;
            String detail = unused
                    ? named + " has no value on any card."
                    : named + " is kept as text in the descriptions of " + field.values
                            + (field.values == 1 ? " card." : " cards.");
            Severity severity = unused ? Severity.LEFT_OUT : Severity.ADJUSTED;
            draft.report(SourceLocation.path("/customFields"), severity, "custom-fields", detail);
            reportOptions(named + " had the options ", field.options);
        }
        tooMany("/customFields", fieldsTooMany, "custom fields", MAX_FIELDS);
        tooMany("/customFields", optionsTooMany, "options of custom fields", MAX_OPTIONS);
    }

    /// Reports options on as many lines as needed.
    private void reportOptions(String begin, List<String> names) {
        StringBuilder line = new StringBuilder();
        for (String option : names) {
            if (!line.isEmpty() && line.length() + option.length() > 300) {
                draft.report(SourceLocation.path("/customFields"), Severity.INFO, "custom-fields", begin + line + ".");
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : ", ").append(option);
        }
        if (!line.isEmpty()) {
            draft.report(SourceLocation.path("/customFields"), Severity.INFO, "custom-fields", begin + line + ".");
        }
    }

    private void reportPeople() {
        for (Map.Entry<String, String> member : members.entrySet()) {
            int tasks = assignments.getOrDefault(member.getKey(), 0);
            String username = usernames.get(member.getKey());
            draft.report(
                    SourceLocation.path("/members"),
                    Severity.LEFT_OUT,
                    "person",
                    PlanDraft.quoted(member.getValue())
                            + (username == null ? "" : " (" + username + ")")
                            + " cannot be matched with a person here. "
                            + (tasks == 0
                                    ? "No task was assigned."
                                    : "The name is kept in the description of " + tasks
                                            + (tasks == 1 ? " task." : " tasks.")));
        }
        tooMany("/members", membersTooMany, "members", MAX_MEMBERS);
        if (strangers > 0) {
            draft.leftOut(
                    SourceLocation.path("/members"),
                    "unknown-member",
                    strangers + (strangers == 1 ? " person" : " people")
                            + " on cards, items or votes are not among the members in the file.",
                    strangers);
        }
    }

    private void tooMany(String path, int count, String what, int most) {
        if (count > 0) {
            draft.leftOut(
                    SourceLocation.path(path),
                    "too-many",
                    "The board has more than " + most + " " + what + ". The " + count + " further ones were not read.",
                    count);
        }
    }
}
