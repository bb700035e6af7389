package tarn.imports;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.Entry;
import tarn.imports.PlanDraft.SourceLocation;

/// Reads the history of a Trello board for the completion times of cards and checklist items, and
/// counts its comments.
final class BoardHistory {
    private final PlanDraft draft;
    private final Map<String, Entry> completed = new HashMap<>();
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

    void read(BoardJson json) throws IOException {
        json.only("actions", (field, path) -> json.objects(path, at -> action(json, at)));
    }

    void action(BoardJson json, String path) throws IOException {
        String[] texts = {"", "", ""};
        json.fields(path, (field, at) -> {
            switch (field) {
                case "type" -> texts[0] = json.scalar();
                case "date" -> texts[1] = json.scalar();
                case "data" -> texts[2] = completed(json, at);
                default -> json.skip();
            }
        });
        if ("commentCard".equals(texts[0]) || "copyCommentCard".equals(texts[0])) {
            comments++;
            return;
        }
        others++;
        Entry entry = completed.get(texts[2]);
        boolean completes = "updateCard".equals(texts[0]) || "updateCheckItemStateOnCard".equals(texts[0]);
        Instant when = completes && entry != null ? BoardJson.timestamp(texts[1]) : null;
        if (entry != null && when != null && (entry.completedAt == null || when.isAfter(entry.completedAt))) {
            entry.completedAt = when;
        }
    }

    /// The id of the card or item that an action completed; empty for other actions.
    private static String completed(BoardJson json, String path) throws IOException {
        String[] ids = {"", ""};
        boolean[] done = {false, false, false};
        if (!json.isObject()) {
            json.skip();
            return "";
        }
        json.fields(path, (field, at) -> {
            switch (field) {
                case "card" ->
                    object(json, at, (name, inner) -> {
                        switch (name) {
                            case "id" -> ids[0] = json.scalar();
                            case "dueComplete" -> done[0] = "true".equals(json.scalar());
                            default -> json.skip();
                        }
                    });
                case "old" ->
                    object(json, at, (name, inner) -> {
                        done[1] |= "dueComplete".equals(name);
                        json.skip();
                    });
                case "checkItem" ->
                    object(json, at, (name, inner) -> {
                        switch (name) {
                            case "id" -> ids[1] = json.scalar();
                            case "state" -> done[2] = "complete".equals(json.scalar());
                            default -> json.skip();
                        }
                    });
                default -> json.skip();
            }
        });
        if (!ids[1].isEmpty()) {
            return done[2] ? ids[1] : "";
        }
        return done[0] && done[1] ? ids[0] : "";
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
                    comments + (comments == 1 ? " comment was" : " comments were") + " not imported.",
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
