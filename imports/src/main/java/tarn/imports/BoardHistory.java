package tarn.imports;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.Entry;
import tarn.imports.PlanDraft.SourceLocation;

/// Reads the history of a Trello board for the completion times of cards and checklist items, and
/// its comments.
final class BoardHistory {
    private static final int MAX_NAME = 300;

    /// Characters of a comment that are read.
    private static final int MAX_COMMENT = 50_000;

    private final PlanDraft draft;
    private final Map<String, Entry> completed = new HashMap<>();
    private final Map<String, Entry> cards = new HashMap<>();

    /// Comments that are left out.
    private int comments;

    private int others;

    BoardHistory(PlanDraft draft) {
        this.draft = draft;
    }

    /// Registers a completed task whose completion time is not known yet.
    void await(String id, Entry entry) {
        if (entry.done && entry.completedAt == null && !id.isEmpty()) {
            completed.put(id, entry);
        }
    }

    /// Registers a task that may have comments.
    void commentable(String card, Entry entry) {
        if (!card.isEmpty()) {
            cards.put(card, entry);
        }
    }

    void read(BoardJson json) throws IOException {
        json.only("actions", (field, path) -> json.objects(path, at -> action(json, at)));
    }

    /// What an action says.
    private static final class Action {
        String type = "";
        String date = "";
        String author = "";
        String username = "";
        String card = "";
        String text = "";
        String checkItem = "";
        boolean isCardDone;
        boolean wasChanged;
        boolean isItemDone;

        boolean isComment() {
            return type.equals("commentCard") || type.equals("copyCommentCard");
        }

        /// The id of the card or item that it completed; empty for other actions.
        String completed() {
            if (!checkItem.isEmpty()) {
                return isItemDone ? checkItem : "";
            }
            return isCardDone && wasChanged ? card : "";
        }
    }

    void action(BoardJson json, String path) throws IOException {
        Action action = new Action();
        json.fields(path, (field, at) -> {
            switch (field) {
                case "type" -> action.type = json.scalar();
                case "date" -> action.date = json.scalar();
                case "data" -> object(json, at, (name, inner) -> data(json, action, name, inner));
                case "memberCreator" ->
                    object(json, at, (name, inner) -> {
                        switch (name) {
                            case "fullName" -> action.author = json.text(inner, MAX_NAME);
                            case "username" -> action.username = json.text(inner, MAX_NAME);
                            default -> json.skip();
                        }
                    });
                default -> json.skip();
            }
        });
        if (action.isComment()) {
            comment(action, path);
            return;
        }
        others++;
        Entry entry = completed.get(action.completed());
        boolean completes = action.type.equals("updateCard") || action.type.equals("updateCheckItemStateOnCard");
        Instant when = completes && entry != null ? BoardJson.timestamp(action.date) : null;
        if (entry != null && when != null && (entry.completedAt == null || when.isAfter(entry.completedAt))) {
            entry.completedAt = when;
        }
    }

    private static void data(BoardJson json, Action action, String field, String path) throws IOException {
        switch (field) {
            case "text" -> action.text = json.text(path, MAX_COMMENT);
            case "card" ->
                object(json, path, (name, inner) -> {
                    switch (name) {
                        case "id" -> action.card = json.scalar();
                        case "dueComplete" -> action.isCardDone = "true".equals(json.scalar());
                        default -> json.skip();
                    }
                });
            case "old" ->
                object(json, path, (name, inner) -> {
                    action.wasChanged |= "dueComplete".equals(name);
                    json.skip();
                });
            case "checkItem" ->
                object(json, path, (name, inner) -> {
                    switch (name) {
                        case "id" -> action.checkItem = json.scalar();
                        case "state" -> action.isItemDone = "complete".equals(json.scalar());
                        default -> json.skip();
                    }
                });
            default -> json.skip();
        }
    }

    private void comment(Action action, String path) {
        Entry card = cards.get(action.card);
        String author = action.author.isBlank() ? action.username : action.author;
        if (card == null
                || action.text.isBlank()
                || !draft.comment(
                        card, author, BoardJson.timestamp(action.date), action.text, SourceLocation.path(path))) {
            comments++;
        }
    }

    private static void object(BoardJson json, String path, BoardJson.Field field) throws IOException {
        if (json.isObject()) {
            json.fields(path, field);
        } else {
            json.skip();
        }
    }

    void report() {
        if (comments > 0) {
            draft.leftOut(
                    SourceLocation.path("/actions"),
                    "comments",
                    comments + (comments == 1 ? " comment was" : " comments were")
                            + " not imported: without text, on no card of the file, or too many.",
                    comments);
        }
        if (others > 0) {
            draft.report(
                    SourceLocation.path("/actions"),
                    Severity.INFO,
                    "history",
                    "The history (actions), " + others + (others == 1 ? " entry" : " entries")
                            + ", was not imported. It was read for the times at which tasks were completed.");
        }
    }
}
