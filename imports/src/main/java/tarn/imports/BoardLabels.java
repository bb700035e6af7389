package tarn.imports;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Color;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.Entry;
import tarn.imports.PlanDraft.SourceLocation;

/// The labels of a Trello board, found by id, or in old exports by colour and name; at most 100 per
/// card and 200,000 in all.
final class BoardLabels {
    private static final int MAX_NAME = 1_000;
    private static final int MAX_COLORS = 40;
    private static final int MAX_ON_ONE_CARD = 100;
    private static final int MAX_ON_ALL_CARDS = 200_000;

    /// A label as written in the file.
    record BoardLabel(String id, String name, String color, String path) {

        /// Very old exports name labels by colour and text only.
        String reference() {
            return id.isEmpty() ? color + " " + name : id;
        }
    }

    private final PlanDraft draft;
    private final Map<String, String> keys = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> mappedColors = new TreeSet<>();
    private int onCards;

    BoardLabels(PlanDraft draft) {
        this.draft = draft;
    }

    BoardLabel read(BoardJson json, String path) throws IOException {
        String[] texts = {"", "", ""};
        json.fields(path, (field, at) -> {
            switch (field) {
                case "id" -> texts[0] = json.id(at);
                case "name" -> texts[1] = json.text(at, MAX_NAME);
                case "color" -> texts[2] = json.text(at, 100);
                default -> json.rest(BoardKeys.LABEL, field, at);
            }
        });
        return new BoardLabel(texts[0], texts[1], texts[2], path);
    }

    void define(BoardLabel label) {
        if (keys.containsKey(label.reference())) {
            return;
        }
        String key = draft.label(label.name, color(label.color), SourceLocation.path(label.path));
        if (key != null) {
            keys.put(label.reference(), key);
            names.add(label.name);
        }
    }

    boolean hasName(String name) {
        return names.contains(name);
    }

    /// Adds a label to a task; false when there is no such label or no room.
    boolean put(String reference, Entry entry) {
        @Nullable String key = keys.get(reference);
        if (key == null) {
            return false;
        }
        boolean room = entry.labels.size() < MAX_ON_ONE_CARD && onCards < MAX_ON_ALL_CARDS;
        if (room && entry.labels.add(key)) {
            onCards++;
        }
        return room;
    }

    private Color color(String color) {
        String written = color.isEmpty() ? "gray" : color.toLowerCase(Locale.ROOT);
        String plain = written.replace("_light", "").replace("_dark", "");
        Color ours = switch (plain) {
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
        String name = ours.name().toLowerCase(Locale.ROOT);
        if (!name.equals(written) && mappedColors.size() < MAX_COLORS) {
            mappedColors.add(PlanDraft.cut(written, 20) + " → " + name);
        }
        return ours;
    }

    void report() {
        if (!mappedColors.isEmpty()) {
            draft.report(
                    SourceLocation.path("/labels"),
                    Severity.INFO,
                    "colors",
                    "Colours of labels became the nearest of ours: " + String.join(", ", mappedColors) + ".");
        }
    }
}
