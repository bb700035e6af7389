package tarn.imports;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tarn.imports.BoardLabels.BoardLabel;
import tarn.imports.BoardParts.CheckItem;
import tarn.imports.BoardParts.Checklist;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.Entry;
import tarn.imports.PlanDraft.SourceLocation;

/// Reads the cards of a Trello board with their checklists, finishing each card before the next so
/// that the texts are in memory only once.
final class BoardCards {
    private static final int MAX_OF_ONE_CARD = 2_000;

    /// Characters of notes kept below a description, whose limit is 50,000.
    private static final int MAX_NOTES = 60_000;

    private static final String DEFAULT_CHECKLIST = "Checklist";

    private record Finished(Entry entry, List<Entry> steps, int list, double pos) {}

    private record FieldValue(String field, String option, String value) {}

    /// A card being read.
    private static final class Card {
        final String path;
        final List<String> labels = new ArrayList<>();
        final List<String> members = new ArrayList<>();
        final List<String> memberNames = new ArrayList<>();
        final List<String> voters = new ArrayList<>();
        final List<String> links = new ArrayList<>();
        final List<FieldValue> values = new ArrayList<>();
        final Map<String, Checklist> checklists = new LinkedHashMap<>();
        final Map<String, String> notes = new LinkedHashMap<>();
        String id = "";
        String name = "";
        String description = "";
        String list = "";
        boolean closed;
        boolean done;
        double pos = Double.MAX_VALUE;
        int votes;
        int length;
        int tooMany;

        @Nullable
        Instant completedAt;

        @Nullable
        ImportDate due;

        @Nullable
        ImportDate start;

        String dueAsWritten = "";

        Card(String path) {
            this.path = path;
        }

        /// Whether there is room for one more text of this length.
        boolean takes(int count, String text) {
            if (count >= MAX_OF_ONE_CARD || length + text.length() > MAX_NOTES) {
                tooMany++;
                return false;
            }
            length += text.length();
            return true;
        }
    }

    private final PlanDraft draft;
    private final BoardParts parts;
    private final BoardLabels labels;
    private final BoardHistory history;
    private final Set<String> ids = new HashSet<>();
    private final List<@Nullable Finished> finished = new ArrayList<>();
    private final Map<String, Integer> covers = new HashMap<>();

    BoardCards(PlanDraft draft, BoardParts parts, BoardLabels labels, BoardHistory history) {
        this.draft = draft;
        this.parts = parts;
        this.labels = labels;
        this.history = history;
    }

    void read(BoardJson json) throws IOException {
        json.only("cards", (field, path) -> json.objects(path, at -> card(json, at)));
    }

    private void card(BoardJson json, String path) throws IOException {
        parts.countThing();
        Card card = new Card(path);
        json.fields(path, (field, at) -> cardField(json, card, field, at));
        if (!card.id.isEmpty() && !ids.add(card.id)) {
            draft.report(
                    SourceLocation.path(path),
                    Severity.LEFT_OUT,
                    "duplicate-id",
                    "The card " + PlanDraft.quoted(card.name) + " has the id of an earlier one.");
            return;
        }
        finish(card);
    }

    private void cardField(BoardJson json, Card card, String field, String path) throws IOException {
        switch (field) {
            case "id" -> card.id = json.id(path);
            case "name" -> card.name = json.text(path);
            case "desc" -> card.description = json.text(path);
            case "idList" -> card.list = json.id(path);
            case "closed" -> card.closed = json.flag(path);
            case "dueComplete" -> card.done = json.flag(path);
            case "pos" -> card.pos = json.position();
            case "dateCompleted" -> card.completedAt = json.timestampAt(path);
            case "due" -> {
                card.dueAsWritten = json.text(path);
                card.due = BoardJson.dateOf(card.dueAsWritten);
            }
            case "start" -> card.start = json.date(path);
            case "idLabels" -> json.ids(path, MAX_OF_ONE_CARD, card.labels);
            case "labels" -> json.objects(path, at -> ownLabel(card, labels.read(json, at)));
            case "idMembers" -> json.ids(path, MAX_OF_ONE_CARD, card.members);
            case "members" -> json.objects(path, at -> ownMember(json, card, at));
            case "idMembersVoted" -> json.ids(path, MAX_OF_ONE_CARD, card.voters);
            case "badges" -> badges(json, card, path);
            case "attachments" -> json.objects(path, at -> attachment(json, card, at));
            case "customFieldItems" -> json.objects(path, at -> customValue(json, card, at));
            case "checklists" -> json.objects(path, at -> parts.checklist(json, at, "/", own(card)));
            case "actions" -> json.objects(path, at -> history.action(json, at));
            case "cover" -> cover(json, card, path);
            case "locationName", "address" -> note(card, field, json.text(path));
            case "coordinates" -> note(card, field, coordinates(json, path));
            case "dueReminder" -> note(card, field, BoardParts.reminder(json.text(path, 100)));
            case "isTemplate" -> note(card, field, json.flag(path) ? "Template: yes" : "");
            case "originalName" -> note(card, field, labelled("Original name: ", json.text(path)));
            case "originalDesc" -> note(card, field, labelled("Original description: ", json.text(path)));
            case "urlSource", "urlSourceText" -> note(card, field, labelled("Source: ", json.text(path)));
            default -> json.rest(BoardKeys.CARD, field, path);
        }
    }

    private static String labelled(String label, String text) {
        return text.isBlank() ? "" : label + text;
    }

    private static void note(Card card, String field, String text) {
        if (!text.isBlank() && card.takes(0, text)) {
            card.notes.put(field, text);
        }
    }

    private void ownLabel(Card card, BoardLabel label) {
        labels.define(label);
        if (card.takes(card.labels.size(), "")) {
            card.labels.add(label.reference());
        }
    }

    private void ownMember(BoardJson json, Card card, String path) throws IOException {
        String[] texts = {"", "", ""};
        json.fields(path, (field, at) -> {
            switch (field) {
                case "id" -> texts[0] = json.id(at);
                case "fullName" -> texts[1] = json.text(at, 1_000);
                case "username" -> texts[2] = json.text(at, 1_000);
                default -> json.rest(BoardKeys.MEMBER, field, at);
            }
        });
        String name = texts[1].isBlank() || texts[2].isBlank() ? texts[1] + texts[2] : texts[1] + " (" + texts[2] + ")";
        if (parts.knowsMember(texts[0])) {
            if (!card.members.contains(texts[0]) && card.takes(card.members.size(), "")) {
                card.members.add(texts[0]);
            }
        } else if (!name.isBlank() && card.takes(card.memberNames.size(), name)) {
            card.memberNames.add(name);
        }
    }

    /// Badges repeat other data, except the number of votes on a board that hides its voters.
    private static void badges(BoardJson json, Card card, String path) throws IOException {
        json.inner(path, (field, at) -> {
            if ("votes".equals(field)) {
                String votes = json.scalar();
                card.votes = votes.matches("\\d{1,9}") ? Integer.parseInt(votes) : 0;
            } else {
                json.skip();
            }
        });
    }

    private static void attachment(BoardJson json, Card card, String path) throws IOException {
        String[] texts = {"", "", ""};
        json.fields(path, (field, at) -> {
            switch (field) {
                case "name" -> texts[0] = json.text(at);
                case "url" -> texts[1] = json.text(at);
                case "fileName" -> texts[2] = json.text(at);
                default -> json.rest(BoardKeys.ATTACHMENT, field, at);
            }
        });
        if ((texts[0] + texts[1] + texts[2]).isBlank()) {
            return;
        }
        String name = texts[0].isBlank() ? texts[2] : texts[0];
        boolean renamed = !texts[2].isBlank() && !texts[2].equals(name) && !isEnd(texts[1], texts[2]);
        if (card.takes(card.links.size(), name + texts[1] + texts[2])) {
            card.links.add("- " + MarkdownLink.of(name, texts[1]) + (renamed ? " (" + texts[2] + ")" : ""));
        }
    }

    private static boolean isEnd(String url, String fileName) {
        return url.endsWith("/" + fileName);
    }

    private static void customValue(BoardJson json, Card card, String path) throws IOException {
        String[] texts = {"", "", ""};
        json.fields(path, (field, at) -> {
            switch (field) {
                case "idCustomField" -> texts[0] = json.id(at);
                case "idValue" -> texts[1] = json.id(at);
                case "value" -> texts[2] = BoardParts.wrapped(json, at, 10_000);
                default -> json.rest(BoardKeys.FIELD_VALUE, field, at);
            }
        });
        boolean holds = !(texts[1] + texts[2]).isBlank();
        if (holds && card.takes(card.values.size(), texts[1] + texts[2])) {
            card.values.add(new FieldValue(texts[0], texts[1], texts[2]));
        }
    }

    private static BoardParts.Taker own(Card card) {
        return (ofCard, checklist) ->
                card.checklists.putIfAbsent(checklist.id().isEmpty() ? checklist.path() : checklist.id(), checklist);
    }

    private void cover(BoardJson json, Card card, String path) throws IOException {
        json.inner(path, (field, at) -> {
            switch (field) {
                case "color" -> note(card, "cover", labelled("Cover: ", json.text(at, 100)));
                case "idAttachment" -> {
                    if (!json.id(at).isEmpty()) {
                        covers.merge("image", 1, Integer::sum);
                    }
                }
                case "url", "sharedSourceUrl" -> note(card, field, labelled("Cover: ", json.text(at, 2_000)));
                default -> json.rest(BoardKeys.COVER, field, at);
            }
        });
    }

    /// `"52.5,13.4"` or `{"latitude": 52.5, "longitude": 13.4}`.
    private static String coordinates(BoardJson json, String path) throws IOException {
        if (!json.isObject()) {
            return json.text(path, 200);
        }
        List<String> pair = new ArrayList<>();
        json.fields(path, (field, at) -> pair.add(json.text(at, 100)));
        return String.join(", ", pair);
    }

    private void finish(Card card) {
        Entry entry = new Entry(SourceLocation.path(card.path));
        entry.title = card.name;
        entry.paragraph(card.description);
        entry.section = parts.sectionOf(card.list);
        if (!parts.knowsList(card.list)) {
            draft.report(
                    entry.place,
                    Severity.ADJUSTED,
                    "unknown-list",
                    "The list of " + PlanDraft.quoted(card.name) + " is not in the file. The task is in no section.");
        }
        entry.done = card.done;
        entry.completedAt = card.completedAt;
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
        List<Checklist> shown = checklists(card);
        addNotes(card, entry, shown);
        int list = parts.orderOf(card.list);
        List<Entry> steps = steps(card, entry, shown);
        draft.seal(entry);
        history.await(card.id, entry);
        history.commentable(card.id, entry);
        finished.add(new Finished(entry, steps, list, card.pos));
    }

    private void addLabels(Card card, Entry entry) {
        int missing = 0;
        for (String reference : card.labels) {
            missing += labels.put(reference, entry) ? 0 : 1;
        }
        if (missing > 0) {
            draft.report(
                    entry.place,
                    Severity.ADJUSTED,
                    "unknown-label",
                    missing + (missing == 1 ? " label of " : " labels of ") + PlanDraft.quoted(card.name)
                            + (missing == 1 ? " is" : " are") + " not in the file or too many.");
        }
    }

    /// The checklists of a card, from the top of the file and from the card, without duplicates.
    private List<Checklist> checklists(Card card) {
        Map<String, Checklist> all = new LinkedHashMap<>();
        for (Checklist checklist : parts.checklistsOf(card.id)) {
            all.put(checklist.id().isEmpty() ? checklist.path() : checklist.id(), checklist);
        }
        card.checklists.forEach(all::putIfAbsent);
        List<Checklist> shown = new ArrayList<>(all.values());
        shown.sort(Comparator.comparingDouble(Checklist::pos));
        return shown;
    }

    private void addNotes(Card card, Entry entry, List<Checklist> shown) {
        for (Checklist checklist : shown) {
            boolean alone = shown.size() == 1 && !checklist.name().equals(DEFAULT_CHECKLIST);
            if (alone || checklist.name().length() > 200) {
                entry.below.add("Checklist: " + checklist.name());
            }
        }
        List<String> names = new ArrayList<>(parts.people(card.members, true));
        names.addAll(card.memberNames);
        if (!names.isEmpty()) {
            entry.below.add("Members: " + String.join(", ", names));
        }
        addVotes(card, entry);
        String place = String.join(
                ", ",
                List.of("locationName", "address", "coordinates").stream()
                        .map(card.notes::remove)
                        .filter(text -> text != null)
                        .toList());
        if (!place.isEmpty()) {
            entry.below.add("Location: " + place);
        }
        entry.below.addAll(card.notes.values());
        for (FieldValue value : card.values) {
            entry.below.add(parts.fieldLine(value.field, value.option, value.value));
        }
        addAttachments(card, entry);
        if (card.tooMany > 0) {
            draft.leftOut(
                    entry.place,
                    "too-many",
                    PlanDraft.quoted(card.name) + " has more than fits into a description: " + card.tooMany
                            + " attachments, labels or fields were not read.",
                    card.tooMany);
        }
    }

    private void addVotes(Card card, Entry entry) {
        List<String> voters = parts.people(card.voters, false);
        int votes = Math.max(card.votes, card.voters.size());
        if (votes > 0) {
            entry.below.add("Votes: " + votes + (voters.isEmpty() ? "" : " (" + String.join(", ", voters) + ")"));
        }
    }

    private void addAttachments(Card card, Entry entry) {
        if (card.links.isEmpty()) {
            return;
        }
        entry.below.add((entry.below.isEmpty() ? "" : "\n") + "Attachments:\n\n" + String.join("\n", card.links));
        boolean one = card.links.size() == 1;
        draft.report(
                entry.place,
                Severity.ADJUSTED,
                "attachments",
                card.links.size() + (one ? " attachment of " : " attachments of ") + PlanDraft.quoted(card.name)
                        + (one ? " became a link" : " became links") + " in the description. Files stay at Trello.");
    }

    private List<Entry> steps(Card card, Entry entry, List<Checklist> shown) {
        List<Entry> steps = new ArrayList<>();
        for (Checklist checklist : shown) {
            if (checklist.items().isEmpty()) {
                draft.report(
                        SourceLocation.path(card.path),
                        Severity.LEFT_OUT,
                        "empty-checklist",
                        "The checklist " + PlanDraft.quoted(checklist.name()) + " has no items.");
            }
            String before = shown.size() > 1 ? PlanDraft.cut(checklist.name(), 200) + ": " : "";
            for (CheckItem item : checklist.items()) {
                if (parts.isNewItem(item)) {
                    steps.add(step(before, item, entry));
                }
            }
        }
        return steps;
    }

    private Entry step(String before, CheckItem item, Entry card) {
        Entry step = new Entry(SourceLocation.path(item.path()));
        step.title = before + item.name();
        step.section = card.section;
        step.done = item.done();
        step.archived = card.archived;
        step.due = item.due();
        if (!item.member().isEmpty()) {
            List<String> names = parts.people(List.of(item.member()), true);
            if (!names.isEmpty()) {
                step.below.add("Members: " + String.join(", ", names));
            }
        }
        if (!item.reminder().isEmpty()) {
            step.below.add(item.reminder());
        }
        draft.seal(step);
        history.await(item.id(), step);
        return step;
    }

    /// Adds the cards in board order, each followed by its steps.
    void addAll() {
        finished.sort(Comparator.comparingInt((@Nullable Finished card) -> card == null ? 0 : card.list)
                .thenComparingDouble(card -> card == null ? 0 : card.pos));
        for (int index = 0; index < finished.size(); index++) {
            Finished card = finished.set(index, null);
            if (card != null) {
                String parent = draft.add(card.entry);
                for (Entry step : card.steps) {
                    step.parent = parent;
                    draft.add(step);
                }
            }
        }
    }

    void report() {
        int images = covers.getOrDefault("image", 0);
        if (images > 0) {
            draft.leftOut(
                    SourceLocation.path("/cards"),
                    "covers",
                    "The cover images (idAttachment) of " + images + (images == 1 ? " card" : " cards")
                            + " are not shown. They are among the links to attachments.",
                    images);
        }
    }
}
