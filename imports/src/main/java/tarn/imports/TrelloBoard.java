package tarn.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Color;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.Entry;
import tarn.imports.PlanDraft.Place;

/// Reads a board exported by Trello as JSON.
///
/// The file is one object, described at
/// <https://developer.atlassian.com/cloud/trello/guides/rest-api/object-definitions/>. It is read as a
/// stream, because the history (`actions`) is most of it; only the fields named here are ever looked
/// at. `cards[].email` is a secret address that adds to the board: it is never read.
final class TrelloBoard {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxStringLength(2_000_000)
                    .maxNumberLength(400)
                    .maxNameLength(2_000)
                    .build())
            .build();
    private static final int MOST_OF_ONE_CARD = 2_000;
    private static final String DEFAULT_CHECKLIST = "Checklist";

    /// Reads the value of one field; the parser stands on its first token.
    @FunctionalInterface
    private interface Field {
        void read(String name) throws IOException;
    }

    /// Reads one element of an array; the parser stands on its first token.
    @FunctionalInterface
    private interface Element {
        void read(String path) throws IOException;
    }

    private record BoardList(String id, String name, boolean closed, double pos, String path) {}

    private record BoardLabel(
            @Nullable String id, String name, @Nullable String color, String path) {}

    private record CustomValue(String field, String value) {}

    private record CheckItem(
            String id,
            String name,
            boolean done,
            @Nullable Instant due,
            @Nullable String member,
            double pos,
            String path) {}

    private record Checklist(String name, double pos, List<CheckItem> items) {}

    private static final class Card {
        final String path;
        final List<String> labels = new ArrayList<>();
        final List<BoardLabel> ownLabels = new ArrayList<>();
        final List<String> members = new ArrayList<>();
        final List<String> links = new ArrayList<>();
        final List<CustomValue> custom = new ArrayList<>();
        String id = "";
        String name = "";
        String description = "";
        String list = "";
        boolean closed;
        boolean done;
        double pos = Double.MAX_VALUE;

        @Nullable
        Instant completedAt;

        @Nullable
        Instant due;

        @Nullable
        Instant start;

        String dueAsWritten = "";

        Card(String path) {
            this.path = path;
        }
    }

    private final PlanDraft draft;
    private final JsonParser json;
    private final Set<String> seenParts = new HashSet<>();
    private final List<BoardList> lists = new ArrayList<>();
    private final List<BoardLabel> labels = new ArrayList<>();
    private final List<Card> cards = new ArrayList<>();
    private final Set<String> cardIds = new HashSet<>();
    private final Set<String> itemIds = new HashSet<>();
    private final Map<String, List<Checklist>> checklists = new LinkedHashMap<>();
    private final Map<String, String> members = new LinkedHashMap<>();
    private final Map<String, Integer> assignments = new HashMap<>();
    private final Map<String, String> customFields = new HashMap<>();
    private final Map<String, String> customOptions = new HashMap<>();
    private final Map<String, Instant> completions = new HashMap<>();
    private final Map<String, String> labelKeys = new HashMap<>();
    private final Set<String> mappedColors = new TreeSet<>();
    private String name = "";
    private String description = "";
    private int checkItems;
    private int comments;

    private TrelloBoard(PlanDraft draft, JsonParser json) {
        this.draft = draft;
        this.json = json;
    }

    static ImportPlan read(String text, PlanDraft draft) {
        try (JsonParser json = JSON.createParser(text)) {
            TrelloBoard board = new TrelloBoard(draft, json);
            try {
                board.readFile();
            } catch (JsonEOFException truncated) {
                throw broken("truncated", "The JSON ends too early. Is the file complete? It breaks off at ", json);
            } catch (StreamConstraintsException extreme) {
                throw broken("too-large", "A value is nested too deep or is too long at ", json);
            } catch (IOException malformed) {
                throw broken("malformed-json", "The file is not valid JSON. The fault is at ", json);
            }
            return board.plan();
        } catch (IOException unexpected) {
            throw new IllegalStateException("A text in memory cannot fail to be read or closed", unexpected);
        }
    }

    private static UnreadableImport broken(String code, String detail, JsonParser json) {
        JsonLocation at = json.currentLocation();
        int column = Math.max(1, at.getColumnNr() - ("malformed-json".equals(code) ? 1 : 0));
        String path =
                PlanDraft.storable(json.getParsingContext().pathAsPointer().toString());
        return new UnreadableImport(
                code,
                detail + "line " + at.getLineNr() + ", column " + column
                        + (path.isEmpty() ? "" : " (" + PlanDraft.cut(path, 120) + ")") + ".");
    }

    private void readFile() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw notTrello("The JSON does not begin with an object.");
        }
        fields(this::boardField);
        if (json.nextToken() != null) {
            JsonLocation at = json.currentLocation();
            throw new UnreadableImport(
                    "malformed-json",
                    "Something follows the end of the board at line " + at.getLineNr() + ", column " + at.getColumnNr()
                            + ".");
        }
        for (String part : List.of("lists", "cards")) {
            if (!seenParts.contains(part)) {
                throw notTrello("/" + part + " is missing.");
            }
        }
    }

    private static UnreadableImport notTrello(String why) {
        return new UnreadableImport("not-trello", "The file is not the export of a Trello board. " + why);
    }

    private void boardField(String field) throws IOException {
        switch (field) {
            case "name" -> name = text("/name");
            case "desc" -> description = text("/desc");
            case "lists" -> part(field, this::list);
            case "cards" -> part(field, this::card);
            case "labels" ->
                part(field, path -> {
                    BoardLabel label = label(path);
                    if (labels.size() <= ImportPlan.MAX_LABELS) {
                        labels.add(label);
                    }
                });
            case "checklists" -> part(field, path -> checklist(path, ""));
            case "members" -> part(field, this::member);
            case "customFields" -> part(field, this::customField);
            case "actions" -> part(field, this::action);
            default -> json.skipChildren();
        }
    }

    /// An array of objects at the top of the board. Twice the same part would be two boards in one.
    private void part(String name, Element element) throws IOException {
        if (!seenParts.add(name)) {
            throw new UnreadableImport("duplicate-key", "The board has /" + name + " twice.");
        }
        boolean needed = "cards".equals(name) || "lists".equals(name);
        if (needed && json.currentToken() != JsonToken.START_ARRAY) {
            throw notTrello("/" + name + " is not an array.");
        }
        objects("/" + name, element);
    }

    private void list(String path) throws IOException {
        String[] texts = {"", ""};
        boolean[] closed = {false};
        double[] pos = {Double.MAX_VALUE};
        fields(field -> {
            switch (field) {
                case "id" -> texts[0] = text(path + "/id");
                case "name" -> texts[1] = text(path + "/name");
                case "closed" -> closed[0] = flag(path + "/closed");
                case "pos" -> pos[0] = position();
                default -> json.skipChildren();
            }
        });
        if (lists.size() == ImportPlan.MAX_ITEMS) {
            throw new UnreadableImport(
                    "too-many-sections", "The board has more than " + ImportPlan.MAX_ITEMS + " lists.");
        }
        lists.add(new BoardList(texts[0], texts[1], closed[0], pos[0], path));
    }

    private BoardLabel label(String path) throws IOException {
        Map<String, String> texts = new HashMap<>();
        fields(field -> {
            switch (field) {
                case "id", "name", "color" -> {
                    if (json.currentToken() != JsonToken.VALUE_NULL) {
                        texts.put(field, text(path + "/" + field));
                    }
                }
                default -> json.skipChildren();
            }
        });
        return new BoardLabel(texts.get("id"), texts.getOrDefault("name", ""), texts.get("color"), path);
    }

    private void card(String path) throws IOException {
        PlanDraft.requireRoom(cards.size() + 1);
        Card card = new Card(path);
        fields(field -> cardField(card, field));
        if (!card.id.isEmpty() && !cardIds.add(card.id)) {
            draft.report(
                    Place.path(path),
                    Severity.LEFT_OUT,
                    "duplicate-id",
                    "The card " + PlanDraft.quoted(card.name) + " has the id of an earlier one.");
            return;
        }
        cards.add(card);
    }

    private void cardField(Card card, String field) throws IOException {
        String path = card.path + "/" + field;
        switch (field) {
            case "id" -> card.id = text(path);
            case "name" -> card.name = text(path);
            case "desc" -> card.description = text(path);
            case "idList" -> card.list = text(path);
            case "closed" -> card.closed = flag(path);
            case "dueComplete" -> card.done = flag(path);
            case "pos" -> card.pos = position();
            case "dateCompleted" -> card.completedAt = moment(text(path));
            case "due" -> {
                card.dueAsWritten = text(path);
                card.due = moment(card.dueAsWritten);
            }
            case "start" -> card.start = date(path);
            case "idLabels" -> texts(path, card.labels);
            case "labels" ->
                objects(path, at -> {
                    BoardLabel label = label(at);
                    if (card.ownLabels.size() < MOST_OF_ONE_CARD) {
                        card.ownLabels.add(label);
                    }
                });
            case "idMembers" -> texts(path, card.members);
            case "attachments" -> objects(path, at -> attachment(card, at));
            case "customFieldItems" -> objects(path, at -> customValue(card, at));
            default -> json.skipChildren();
        }
    }

    private void attachment(Card card, String path) throws IOException {
        String[] texts = {"", ""};
        fields(field -> {
            switch (field) {
                case "name" -> texts[0] = text(path + "/name");
                case "url" -> texts[1] = text(path + "/url");
                default -> json.skipChildren();
            }
        });
        if (card.links.size() < MOST_OF_ONE_CARD && !(texts[0] + texts[1]).isBlank()) {
            card.links.add("- " + MarkdownLink.of(texts[0], texts[1]));
        }
    }

    private void customValue(Card card, String path) throws IOException {
        String[] texts = {"", ""};
        fields(field -> {
            switch (field) {
                case "idCustomField" -> texts[0] = text(path + "/" + field);
                case "idValue" ->
                    texts[1] = json.currentToken() == JsonToken.VALUE_NULL ? texts[1] : text(path + "/" + field);
                case "value" -> texts[1] = wrapped(texts[1]);
                default -> json.skipChildren();
            }
        });
        if (card.custom.size() < MOST_OF_ONE_CARD && !texts[1].isBlank()) {
            card.custom.add(new CustomValue(texts[0], texts[1]));
        }
    }

    /// The value of `{"text": "..."}`, `{"number": "5"}`, `{"checked": "true"}` or `{"date": "..."}`.
    private String wrapped(String otherwise) throws IOException {
        String[] text = {otherwise};
        if (json.currentToken() == JsonToken.START_OBJECT) {
            fields(field -> {
                if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
                    text[0] = json.getText();
                }
                json.skipChildren();
            });
        } else {
            json.skipChildren();
        }
        return text[0];
    }

    private void customField(String path) throws IOException {
        String[] texts = {"", ""};
        fields(field -> {
            switch (field) {
                case "id" -> texts[0] = text(path + "/id");
                case "name" -> texts[1] = text(path + "/name");
                case "options" -> objects(path + "/options", this::customOption);
                default -> json.skipChildren();
            }
        });
        customFields.put(texts[0], texts[1]);
    }

    private void customOption(String path) throws IOException {
        String[] texts = {"", ""};
        fields(field -> {
            switch (field) {
                case "id", "_id" -> texts[0] = text(path + "/id");
                case "value" -> texts[1] = wrapped("");
                default -> json.skipChildren();
            }
        });
        customOptions.put(texts[0], texts[1]);
    }

    private void checklist(String path, String ofCard) throws IOException {
        String[] texts = {"", ofCard};
        double[] pos = {Double.MAX_VALUE};
        List<CheckItem> items = new ArrayList<>();
        fields(field -> {
            switch (field) {
                case "name" -> texts[0] = text(path + "/name");
                case "idCard" -> texts[1] = text(path + "/idCard");
                case "pos" -> pos[0] = position();
                case "checkItems" -> objects(path + "/checkItems", at -> checkItem(items, at));
                default -> json.skipChildren();
            }
        });
        items.sort(Comparator.comparingDouble(CheckItem::pos));
        checklists.computeIfAbsent(texts[1], card -> new ArrayList<>()).add(new Checklist(texts[0], pos[0], items));
    }

    private void checkItem(List<CheckItem> items, String path) throws IOException {
        PlanDraft.requireRoom(++checkItems);
        Map<String, String> texts = new HashMap<>();
        double[] pos = {Double.MAX_VALUE};
        @Nullable Instant[] due = {null};
        fields(field -> {
            switch (field) {
                case "id", "name", "state", "idMember" -> texts.put(field, text(path + "/" + field));
                case "pos" -> pos[0] = position();
                case "due" -> due[0] = date(path + "/due");
                default -> json.skipChildren();
            }
        });
        String id = texts.getOrDefault("id", "");
        if (!id.isEmpty() && !itemIds.add(id)) {
            draft.report(
                    Place.path(path),
                    Severity.LEFT_OUT,
                    "duplicate-id",
                    "The item " + PlanDraft.quoted(texts.getOrDefault("name", "")) + " has the id of an earlier one.");
            return;
        }
        items.add(new CheckItem(
                id,
                texts.getOrDefault("name", ""),
                "complete".equals(texts.get("state")),
                due[0],
                texts.get("idMember"),
                pos[0],
                path));
    }

    private void member(String path) throws IOException {
        Map<String, String> texts = new HashMap<>();
        fields(field -> {
            switch (field) {
                case "id", "fullName", "username" -> texts.put(field, text(path + "/" + field));
                default -> json.skipChildren();
            }
        });
        String fullName = texts.getOrDefault("fullName", "");
        String name = PlanDraft.isVisible(fullName) ? fullName : texts.getOrDefault("username", "");
        members.putIfAbsent(texts.getOrDefault("id", ""), PlanDraft.cut(name, 100));
    }

    /// Of the history only counts how often was commented, and when cards and items were completed.
    private void action(String path) throws IOException {
        String[] texts = {"", ""};
        String[] completed = {""};
        fields(field -> {
            switch (field) {
                case "type" -> texts[0] = scalar();
                case "date" -> texts[1] = scalar();
                case "data" -> completed[0] = completed();
                default -> json.skipChildren();
            }
        });
        switch (texts[0]) {
            case "commentCard", "copyCommentCard" -> comments++;
            case "updateCard", "updateCheckItemStateOnCard" -> {
                Instant when = moment(texts[1]);
                if (when != null && !completed[0].isEmpty()) {
                    completions.merge(completed[0], when, (one, other) -> one.isAfter(other) ? one : other);
                }
            }
            default -> {}
        }
    }

    /// The id of the card or the item that an action completed, or the empty text.
    private String completed() throws IOException {
        String[] ids = {"", ""};
        boolean[] done = {false, false, false};
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return "";
        }
        fields(field -> {
            switch (field) {
                case "card" ->
                    inner(name -> {
                        switch (name) {
                            case "id" -> ids[0] = scalar();
                            case "dueComplete" -> done[0] = "true".equals(scalar());
                            default -> json.skipChildren();
                        }
                    });
                case "old" ->
                    inner(name -> {
                        done[1] |= "dueComplete".equals(name);
                        json.skipChildren();
                    });
                case "checkItem" ->
                    inner(name -> {
                        switch (name) {
                            case "id" -> ids[1] = scalar();
                            case "state" -> done[2] = "complete".equals(scalar());
                            default -> json.skipChildren();
                        }
                    });
                default -> json.skipChildren();
            }
        });
        if (!ids[1].isEmpty()) {
            return done[2] ? ids[1] : "";
        }
        return done[0] && done[1] ? ids[0] : "";
    }

    private ImportPlan plan() {
        int cardsAndItems = cards.size() + checkItems;
        PlanDraft.requireRoom(cardsAndItems);
        Map<String, String> sections = new HashMap<>();
        Map<String, Integer> order = new HashMap<>();
        lists.sort(Comparator.comparingDouble(BoardList::pos));
        for (BoardList list : lists) {
            if (!list.id.isEmpty() && order.putIfAbsent(list.id, order.size()) != null) {
                draft.report(
                        Place.path(list.path),
                        Severity.LEFT_OUT,
                        "duplicate-id",
                        "The list " + PlanDraft.quoted(list.name) + " has the id of another one.");
                continue;
            }
            String key = draft.section(list.name, list.closed, Place.path(list.path));
            if (key != null) {
                sections.put(list.id, key);
            }
        }
        labels.forEach(this::define);
        cards.sort(Comparator.comparingInt((Card card) -> order.getOrDefault(card.list, Integer.MAX_VALUE))
                .thenComparingDouble(card -> card.pos));
        for (Card card : cards) {
            cardEntry(card, sections, order.containsKey(card.list));
        }
        reportRest();
        return draft.plan(ImportFormat.TRELLO, name, description);
    }

    private void cardEntry(Card card, Map<String, String> sections, boolean knownList) {
        Entry entry = new Entry(Place.path(card.path));
        entry.title = card.name;
        entry.paragraph(card.description);
        entry.section = sections.get(card.list);
        if (!knownList) {
            draft.report(
                    entry.place,
                    Severity.ADJUSTED,
                    "unknown-list",
                    "The list of " + PlanDraft.quoted(card.name) + " is not in the file. The task is in no section.");
        }
        entry.done = card.done;
        entry.completedAt = card.completedAt == null ? completions.get(card.id) : card.completedAt;
        entry.archived = card.closed;
        entry.start = card.start;
        entry.due = card.due;
        if (card.due == null && !card.dueAsWritten.isBlank()) {
            entry.above.add("Due: " + PlanDraft.cut(card.dueAsWritten, 200));
            draft.report(
                    entry.place,
                    Severity.ADJUSTED,
                    "unknown-date",
                    "The due date " + PlanDraft.quoted(card.dueAsWritten)
                            + " was not understood. It begins the description.");
        }
        addLabels(card, entry);
        List<Checklist> ofCard = card.id.isEmpty() ? null : checklists.remove(card.id);
        List<Checklist> shown = ofCard == null ? new ArrayList<>() : ofCard;
        if (shown.size() == 1 && !shown.getFirst().name.equals(DEFAULT_CHECKLIST)) {
            entry.below.add("Checklist: " + shown.getFirst().name);
        }
        addAssigned(entry, card.members);
        addCustom(card, entry);
        if (!card.links.isEmpty()) {
            entry.below.add((entry.below.isEmpty() ? "" : "\n") + "Attachments:\n\n" + String.join("\n", card.links));
            draft.report(
                    entry.place,
                    Severity.ADJUSTED,
                    "attachments",
                    card.links.size() + (card.links.size() == 1 ? " attachment of " : " attachments of ")
                            + PlanDraft.quoted(card.name)
                            + (card.links.size() == 1 ? " became a link" : " became links")
                            + " in the description. Files stay at Trello.");
        }
        String parent = draft.add(entry);
        shown.sort(Comparator.comparingDouble(Checklist::pos));
        for (Checklist checklist : shown) {
            if (checklist.items.isEmpty()) {
                draft.report(
                        Place.path(card.path),
                        Severity.LEFT_OUT,
                        "empty-checklist",
                        "The checklist " + PlanDraft.quoted(checklist.name) + " has no items.");
            }
            for (CheckItem item : checklist.items) {
                Entry step = new Entry(Place.path(item.path));
                step.title = shown.size() > 1 ? PlanDraft.cut(checklist.name, 200) + ": " + item.name : item.name;
                step.section = entry.section;
                step.parent = parent;
                step.done = item.done;
                step.completedAt = completions.get(item.id);
                step.archived = entry.archived;
                step.due = item.due;
                if (item.member != null && !item.member.isEmpty()) {
                    addAssigned(step, List.of(item.member));
                }
                draft.add(step);
            }
        }
    }

    private void addLabels(Card card, Entry entry) {
        for (BoardLabel own : card.ownLabels) {
            define(own);
        }
        List<String> wanted = new ArrayList<>(card.labels);
        for (BoardLabel own : card.ownLabels) {
            wanted.add(reference(own));
        }
        for (String reference : wanted) {
            String key = labelKeys.get(reference);
            if (key != null) {
                entry.labels.add(key);
            } else {
                draft.report(
                        entry.place,
                        Severity.ADJUSTED,
                        "unknown-label",
                        "A label of " + PlanDraft.quoted(card.name) + " is not in the file or is one too many.");
            }
        }
    }

    /// Very old exports name labels by colour and text only.
    private static String reference(BoardLabel label) {
        return label.id != null ? label.id : label.color + " " + label.name;
    }

    private void define(BoardLabel label) {
        String reference = reference(label);
        if (!labelKeys.containsKey(reference)) {
            String key = draft.label(label.name, color(label), Place.path(label.path));
            if (key != null) {
                labelKeys.put(reference, key);
            }
        }
    }

    private Color color(BoardLabel label) {
        String written = label.color == null ? "gray" : label.color.toLowerCase(Locale.ROOT);
        String plain = written.replace("_light", "").replace("_dark", "");
        Color color = switch (plain) {
            case "red" -> Color.RED;
            case "orange" -> Color.ORANGE;
            case "yellow" -> Color.YELLOW;
            case "green", "lime" -> Color.GREEN;
            case "teal", "sky" -> Color.TEAL;
            case "blue" -> Color.BLUE;
            case "purple" -> Color.PURPLE;
            case "pink", "magenta" -> Color.PINK;
            case "black" -> written.endsWith("_light") ? Color.GRAY : Color.BLACK;
            default -> Color.GRAY;
        };
        String ours = color.name().toLowerCase(Locale.ROOT);
        if (!ours.equals(written) && mappedColors.size() < 40) {
            mappedColors.add(PlanDraft.cut(written, 20) + " → " + ours);
        }
        return color;
    }

    private void addAssigned(Entry entry, List<String> ids) {
        List<String> names = new ArrayList<>();
        for (String id : ids) {
            assignments.merge(id, 1, Integer::sum);
            String member = members.get(id);
            if (member != null && !member.isEmpty()) {
                names.add(member);
            }
        }
        if (!names.isEmpty()) {
            entry.below.add("Members: " + String.join(", ", names));
        }
    }

    private void addCustom(Card card, Entry entry) {
        for (CustomValue custom : card.custom) {
            String field = customFields.getOrDefault(custom.field, "");
            String value = customOptions.getOrDefault(custom.value, custom.value);
            entry.below.add((field.isBlank() ? "Custom field" : PlanDraft.cut(field, 100)) + ": " + value);
        }
    }

    private void reportRest() {
        int cardsWithCustom = 0;
        for (Card card : cards) {
            cardsWithCustom += card.custom.isEmpty() ? 0 : 1;
        }
        if (cardsWithCustom > 0) {
            draft.report(
                    Place.path("/customFields"),
                    Severity.ADJUSTED,
                    "custom-fields",
                    "The custom fields of " + cardsWithCustom + " cards are kept as text in their descriptions.");
        }
        if (comments > 0) {
            draft.leftOut(
                    Place.path("/actions"),
                    "comments",
                    comments + (comments == 1 ? " comment was" : " comments were") + " not imported.",
                    comments);
        }
        for (Map.Entry<String, String> member : members.entrySet()) {
            int tasks = assignments.getOrDefault(member.getKey(), 0);
            draft.report(
                    Place.path("/members"),
                    Severity.LEFT_OUT,
                    "person",
                    PlanDraft.quoted(member.getValue()) + " cannot be matched with a person here. "
                            + (tasks == 0
                                    ? "No task was assigned."
                                    : "The name is kept in the description of " + tasks + " tasks."));
        }
        for (Map.Entry<String, List<Checklist>> orphans : checklists.entrySet()) {
            for (Checklist orphan : orphans.getValue()) {
                draft.leftOut(
                        Place.path("/checklists"),
                        "unknown-card",
                        "The card of the checklist " + PlanDraft.quoted(orphan.name) + " with " + orphan.items.size()
                                + " items is not in the file.",
                        Math.max(1, orphan.items.size()));
            }
        }
        if (!mappedColors.isEmpty()) {
            draft.report(
                    Place.path("/labels"),
                    Severity.INFO,
                    "colors",
                    "Colours of labels became the nearest of ours: " + String.join(", ", mappedColors) + ".");
        }
    }

    private void fields(Field field) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            field.read(name);
        }
    }

    /// The fields of an object, if it is one.
    private void inner(Field field) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            fields(field);
        } else {
            json.skipChildren();
        }
    }

    private void objects(String path, Element element) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            skipWrong(path);
            return;
        }
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            String at = path + "/" + index;
            if (json.currentToken() == JsonToken.START_OBJECT) {
                element.read(at);
            } else {
                draft.report(Place.path(at), Severity.LEFT_OUT, "wrong-type", "An object was expected here.");
                json.skipChildren();
            }
        }
    }

    private void texts(String path, List<String> texts) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            skipWrong(path);
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String text = scalar();
            if (texts.size() < MOST_OF_ONE_CARD && !text.isEmpty()) {
                texts.add(text);
            }
        }
    }

    /// The text of a string or number; null is the empty text, and so is anything else, which is reported.
    private String text(String path) throws IOException {
        if (json.currentToken().isStructStart()) {
            skipWrong(path);
            return "";
        }
        return scalar();
    }

    private String scalar() throws IOException {
        if (json.currentToken().isStructStart()) {
            json.skipChildren();
            return "";
        }
        return json.currentToken() == JsonToken.VALUE_NULL ? "" : json.getText();
    }

    private boolean flag(String path) throws IOException {
        if (!json.currentToken().isBoolean()) {
            skipWrong(path);
        }
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    private double position() throws IOException {
        if (json.currentToken().isNumeric()) {
            return json.getDoubleValue();
        }
        json.skipChildren();
        return Double.MAX_VALUE;
    }

    private @Nullable Instant date(String path) throws IOException {
        String written = text(path);
        Instant date = moment(written);
        if (date == null && !written.isBlank()) {
            draft.report(
                    Place.path(path),
                    Severity.LEFT_OUT,
                    "unknown-date",
                    "The date " + PlanDraft.quoted(written) + " was not understood.");
        }
        return date;
    }

    private static @Nullable Instant moment(String written) {
        return WrittenDate.absolute(written, ZoneOffset.UTC, WrittenDate.DayOrder.UNKNOWN);
    }

    private void skipWrong(String path) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            draft.report(
                    Place.path(path),
                    Severity.ADJUSTED,
                    "wrong-type",
                    "The value is of the wrong kind and was ignored.");
        }
        json.skipChildren();
    }
}
