package tarn.imports;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an import will create: one project, ready to be stored as it stands.
///
/// Keys mean something only inside one plan. Lists are in the order of the board. An item stands
/// after its parent, no deeper than [#MAX_DEPTH] below the top; every key it names exists.
/// Texts keep the lengths of the contract, counted in code points, and hold neither NUL nor lone
/// surrogates, so that PostgreSQL can store them.
///
/// @param projectName 1..200
/// @param description 0..20000
/// @param lines what the person should know, at most [#MAX_LINES]
/// @param lineCount how many lines there were, kept or not
/// @param leftOut how many things of the file are not in the plan
public record ImportPlan(
        ImportFormat format,
        String projectName,
        String description,
        List<Section> sections,
        List<Label> labels,
        List<Item> items,
        List<ReportLine> lines,
        int lineCount,
        int leftOut) {

    public static final int MAX_ITEMS = 20_000;
    /// Of a CSV file; issue trackers repeat a column for each comment.
    public static final int MAX_COLUMNS = 10_000;

    public static final int MAX_CELL_CHARACTERS = 1_000_000;
    public static final int MAX_ROW_CHARACTERS = 2_000_000;
    public static final int MAX_SECTIONS = 500;
    public static final int MAX_LABELS = 1_000;
    public static final int MAX_TASK_LABELS = 50;
    public static final int MAX_LINES = 5_000;
    public static final int MAX_DEPTH = 8;

    /// A column of the board.
    ///
    /// @param name 1..300
    public record Section(String key, String name, boolean archived) {}

    /// A coloured mark on tasks.
    ///
    /// @param name 0..100; labels of one colour and no name are usual on Trello boards
    public record Label(String key, String name, Color color) {}

    /// A task or, with a parent, a sub-task.
    ///
    /// @param title 1..500, visible, one line
    /// @param description 0..50000, Markdown
    /// @param completedAt only for done items, and only when the file says when
    /// @param start never after due, in the zone of the import
    public record Item(
            String key,
            @Nullable String sectionKey,
            @Nullable String parentKey,
            String title,
            String description,
            boolean done,
            @Nullable Instant completedAt,
            boolean archived,
            Priority priority,
            @Nullable ImportDate start,
            @Nullable ImportDate due,
            List<String> labelKeys) {

        public Item {
            labelKeys = List.copyOf(labelKeys);
            require(done || completedAt == null, "an open item has no time of completion");
        }
    }

    /// One thing to tell about the import.
    ///
    /// @param line where in a CSV file, from 1
    /// @param path where in a JSON file, as a JSON pointer
    /// @param code a stable word: `title-cut`, `recurrence`, `unknown-list`, ...
    public record ReportLine(
            @Nullable Integer line, @Nullable String path, Severity severity, String code, String detail) {}

    /// How much a line matters: something is missing, something is different, or good to know. The
    /// gravest stands first.
    public enum Severity {
        LEFT_OUT,
        ADJUSTED,
        INFO;

        /// As in reports: `left-out`, `adjusted`, `info`.
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// The priorities of a task, lowest first.
    public enum Priority {
        NONE,
        LOW,
        MEDIUM,
        HIGH,
        URGENT
    }

    /// The colours of a label.
    public enum Color {
        GRAY,
        RED,
        ORANGE,
        YELLOW,
        GREEN,
        TEAL,
        BLUE,
        PURPLE,
        PINK,
        BLACK
    }

    public ImportPlan {
        sections = List.copyOf(sections);
        labels = List.copyOf(labels);
        items = List.copyOf(items);
        lines = List.copyOf(lines);
        Set<String> sectionKeys = new HashSet<>();
        for (Section section : sections) {
            require(sectionKeys.add(section.key()), "keys of sections are unique");
        }
        Set<String> labelKeys = new HashSet<>();
        for (Label label : labels) {
            require(labelKeys.add(label.key()), "keys of labels are unique");
        }
        Set<String> itemKeys = new HashSet<>();
        for (Item item : items) {
            require(item.sectionKey() == null || sectionKeys.contains(item.sectionKey()), "sections exist");
            require(item.parentKey() == null || itemKeys.contains(item.parentKey()), "parents stand first");
            require(labelKeys.containsAll(item.labelKeys()), "labels exist");
            require(itemKeys.add(item.key()), "keys of items are unique");
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("Broken import plan: " + rule);
        }
    }
}
