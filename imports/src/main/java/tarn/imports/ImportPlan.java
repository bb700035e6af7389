package tarn.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The project that an import will create, within all limits of the contract and ready to be
/// stored.
///
/// Titles, descriptions and comments are read when they are wanted, while its [PlanTexts] are open.
/// Keys are local to the plan. Lists are in board order, and an item follows its parent, at most
/// [#MAX_DEPTH] levels deep. Lengths are in code points; texts hold neither NUL nor lone
/// surrogates.
///
/// @param projectName 1..200
/// @param description 0..20000
/// @param comments oldest first, at most [#MAX_COMMENTS]
/// @param lines the report, most severe first, at most [#MAX_LINES]
/// @param lineCount number of report lines, including those dropped
/// @param leftOut number of things in the file that are not in the plan
public record ImportPlan(
        ImportFormat format,
        String projectName,
        String description,
        List<Section> sections,
        List<Label> labels,
        List<Item> items,
        List<Comment> comments,
        List<ReportLine> lines,
        int lineCount,
        int leftOut) {

    public static final int MAX_ITEMS = 60_000;
    /// Columns of a CSV file; issue trackers repeat a column for each comment.
    public static final int MAX_COLUMNS = 10_000;

    public static final int MAX_CELL_CHARACTERS = 1_000_000;
    public static final int MAX_ROW_CHARACTERS = 2_000_000;
    public static final int MAX_SECTIONS = 500;
    public static final int MAX_LABELS = 1_000;
    public static final int MAX_TASK_LABELS = 50;
    public static final int MAX_COMMENTS = 20_000;
    /// Lines of a report that is kept in a file.
    public static final int MAX_LINES = 250_000;

    public static final int MAX_LINES_IN_MEMORY = 5_000;
    public static final int MAX_DEPTH = 8;

    /// A column of the board.
    ///
    /// @param name 1..300
    public record Section(String key, String name, boolean archived) {}

    /// A coloured label.
    ///
    /// @param name 0..100; Trello boards often have labels without a name
    public record Label(String key, String name, Color color) {}

    /// A task, or a sub-task when it has a parent.
    ///
    /// @param name the title: 1..500, visible, one line
    /// @param text the description: 0..50000, Markdown
    /// @param completedAt only of completed items whose time is in the file
    /// @param start never after due, in the zone of the import
    public record Item(
            String key,
            @Nullable String sectionKey,
            @Nullable String parentKey,
            PlanText name,
            PlanText text,
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

        public String title() {
            return name.read();
        }

        public String description() {
            return text.read();
        }
    }

    /// A comment on an item.
    ///
    /// @param author 1..200, as written in the file
    /// @param writtenAt null when it is not in the file
    /// @param body 1..19000, Markdown
    public record Comment(
            String itemKey, String author, @Nullable Instant writtenAt, PlanText body) {

        public String text() {
            return body.read();
        }
    }

    /// A line of the import report.
    ///
    /// @param line number in a CSV file, from 1
    /// @param path JSON pointer in a JSON file
    /// @param code stable: `title-cut`, `recurrence`, `unknown-list`, ...
    public record ReportLine(
            @Nullable Integer line, @Nullable String path, Severity severity, String code, String detail) {}

    /// How much a report line matters, most severe first: something is missing, something was
    /// adjusted, information.
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
        comments = List.copyOf(comments);
        // A report is not copied into memory.
        lines = lines instanceof ReportLines.KeptLines ? lines : List.copyOf(lines);
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
        for (Comment comment : comments) {
            require(itemKeys.contains(comment.itemKey()), "items of comments exist");
        }
    }

    /// The plan without its items, comments and lines.
    public ImportPlan withoutRows() {
        return new ImportPlan(
                format,
                projectName,
                description,
                sections,
                labels,
                List.of(),
                List.of(),
                List.of(),
                lineCount,
                leftOut);
    }

    /// The plan with its comments left out, and the line of the report that says so.
    public ImportPlan withoutComments() {
        if (comments.isEmpty()) {
            return this;
        }
        List<ReportLine> all = new ArrayList<>();
        all.add(commentsLeftOut(comments.size()));
        all.addAll(lines);
        return new ImportPlan(
                format,
                projectName,
                description,
                sections,
                labels,
                items,
                List.of(),
                all,
                lineCount + 1,
                leftOut + comments.size());
    }

    /// The line of a report that says that comments are left out.
    public static ReportLine commentsLeftOut(int comments) {
        return new ReportLine(
                null,
                "/actions",
                Severity.LEFT_OUT,
                "comments",
                comments + (comments == 1 ? " comment was" : " comments were") + " not imported.");
    }

    /// The line of a report that says that comments are kept but not seen, because Tarn runs without posts.
    public static ReportLine commentsWaiting(int comments) {
        return new ReportLine(
                null,
                "/actions",
                Severity.LEFT_OUT,
                "comments-waiting",
                comments + (comments == 1 ? " comment is" : " comments are")
                        + " not seen until Tarn runs with posts again.");
    }

    /// The line of a report that says that further ones are not kept.
    public static ReportLine linesLeftOut(int lines) {
        return new ReportLine(
                null,
                null,
                Severity.INFO,
                "report-cut",
                lines + (lines == 1 ? " further line is" : " further lines are") + " not in this report.");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("Broken import plan: " + rule);
        }
    }
}
