package tarn.imports;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tarn.imports.CsvTable.Row;
import tarn.imports.ImportPlan.Priority;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.Entry;
import tarn.imports.PlanDraft.SourceLocation;

/// Reads a Todoist project exported as CSV, whose rows are tasks, sections, notes on the task
/// above, or settings (`meta`).
///
/// Columns are found by name, because their number grew over the years
/// (<https://todoist.com/help/articles/YC8YvN>). Priority 1 is the highest. Unexpected cells are
/// reported.
final class TodoistProject {
    private static final Pattern AUTHOR = Pattern.compile("(.*?)\\s*\\(\\d+\\)");
    private static final int MAX_PROJECT_NOTES = 100_000;
    private static final int MAX_PEOPLE = 1_000;

    /// Column names of older exports.
    private static final Map<String, String> OLDER_NAMES = Map.of("DUE_DATE", "DATE", "DUE_DATE_LANG", "DATE_LANG");

    private static final Set<String> OF_TASKS = Set.of(
            "TYPE",
            "CONTENT",
            "DESCRIPTION",
            "PRIORITY",
            "INDENT",
            "AUTHOR",
            "RESPONSIBLE",
            "DATE",
            "DURATION",
            "DURATION_UNIT",
            "DEADLINE",
            "LABELS");
    private static final Set<String> OF_NOTES = Set.of("TYPE", "CONTENT", "DESCRIPTION", "AUTHOR");
    private static final Set<String> OF_META = Set.of("TYPE", "CONTENT");

    private final CsvTable table;
    private final PlanDraft draft;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final int width;
    private final int headerLine;
    private final List<String> parents = new ArrayList<>();
    private final Set<String> authors = new LinkedHashSet<>();
    private final Set<String> people = new HashSet<>();
    private final TodoistSettings settings = new TodoistSettings();
    private final TodoistAttachments files;
    private final TodoistLabels labels;
    private final StringBuilder projectNotes = new StringBuilder();
    private @Nullable Entry current;
    private int currentIndent;
    private @Nullable String section;

    private TodoistProject(CsvTable table, PlanDraft draft, Row header) {
        this.table = table;
        this.draft = draft;
        this.files = new TodoistAttachments(draft);
        this.labels = new TodoistLabels(draft);
        this.headerLine = header.line();
        this.width = header.width();
        for (int column = 0; column < width; column++) {
            String name = header.cell(column).toUpperCase(Locale.ROOT);
            String known = columns.putIfAbsent(name, column) == null ? name : "";
            names.add(known.isEmpty() ? "COLUMN " + (column + 1) : known);
        }
        OLDER_NAMES.forEach((older, name) -> {
            Integer column = columns.get(older);
            if (column != null && columns.putIfAbsent(name, column) == null) {
                names.set(column, name);
            }
        });
    }

    static boolean isTodoist(CsvTable table) throws IOException {
        List<Row> head = table.head();
        Row header = header(head);
        if (header == null) {
            return false;
        }
        boolean certain = header.width() == 2;
        for (String cell : header.cells()) {
            String name = cell.strip().toUpperCase(Locale.ROOT);
            boolean known = OF_TASKS.contains(name) || OLDER_NAMES.containsKey(name) || TodoistSettings.has(name);
            certain |= known && !OF_META.contains(name) && !"DESCRIPTION".equals(name);
        }
        for (Row before : head) {
            if (before.line() >= header.line()) {
                return certain;
            }
            certain &= 2 * before.width() <= header.width();
        }
        return certain;
    }

    private static @Nullable Row header(List<Row> head) {
        for (Row row : head) {
            Set<String> names = new HashSet<>();
            for (String cell : row.cells()) {
                names.add(cell.strip().toUpperCase(Locale.ROOT));
            }
            if (names.contains("TYPE") && names.contains("CONTENT")) {
                return row;
            }
        }
        return null;
    }

    static ImportPlan read(CsvTable table, PlanDraft draft) throws IOException {
        List<Row> head = table.head();
        Row header = header(head);
        if (header == null) {
            throw new UnreadableImport(
                    "not-todoist", "The header on line 1 has no columns TYPE and CONTENT, as exports of Todoist have.");
        }
        CsvHeader.reportBefore(head, header, draft);
        TodoistProject project = new TodoistProject(table, draft, header);
        table.forEach(project::collectAuthor);
        table.forEach(project::row);
        project.finishTask();
        project.reportAuthors();
        project.settings.report(draft, SourceLocation.line(header.line()));
        table.reportCells(draft);
        return draft.plan(ImportFormat.TODOIST, "", project.projectNotes.toString());
    }

    private void collectAuthor(Row row) {
        if (row.line() <= headerLine) {
            return;
        }
        Row joined = rejoined(row);
        String author = PlanDraft.cut(value(joined == null ? row : joined, "AUTHOR"), 200);
        if (!author.isEmpty() && authors.size() < MAX_PEOPLE) {
            authors.add(author);
        }
    }

    private void reportAuthors() {
        if (!authors.isEmpty()) {
            StringJoiner names = new StringJoiner(", ");
            authors.forEach(author -> names.add(PlanDraft.quoted(author)));
            draft.report(
                    SourceLocation.line(headerLine),
                    Severity.INFO,
                    "authors",
                    authors.size() == 1
                            ? "All of it was written by " + names + ". Here it is yours."
                            : "Written by several, whose names are in the descriptions: " + names + ".");
        }
    }

    private void row(Row written) {
        if (written.line() <= headerLine) {
            return;
        }
        Row row = mended(written);
        switch (value(row, "TYPE").toLowerCase(Locale.ROOT)) {
            case "task" -> task(row);
            case "note" -> {
                note(row);
                reportUnused(row, OF_NOTES);
            }
            case "section" -> {
                section(row);
                reportUnused(row, OF_NOTES);
            }
            case "meta" -> {
                settings.add("meta", value(row, "CONTENT"));
                reportUnused(row, OF_META);
            }
            default ->
                draft.report(
                        SourceLocation.line(row.line()),
                        Severity.LEFT_OUT,
                        "unknown-row",
                        "The row is neither task, section nor note: " + row.quoted());
        }
    }

    /// Reports cells that have no meaning in a row of this type.
    private void reportUnused(Row row, Set<String> used) {
        StringJoiner unused = new StringJoiner(", ");
        for (int column = 0; column < row.width(); column++) {
            String value = row.cell(column);
            String name = name(column);
            if (value.isEmpty() || used.contains(name)) {
                continue;
            }
            if (TodoistSettings.has(name)) {
                settings.add(name, value);
            } else if (unused.length() < 1000) {
                unused.add(
                        (name.isEmpty() ? "further field" : PlanDraft.cut(name, 80)) + " " + PlanDraft.quoted(value));
            }
        }
        if (unused.length() > 0) {
            draft.report(
                    SourceLocation.line(row.line()),
                    Severity.LEFT_OUT,
                    "unused-cells",
                    "Not used in a row of the type " + PlanDraft.quoted(value(row, "TYPE")) + ": " + unused + ".");
        }
    }

    /// The row with the header's columns; deviations are reported.
    private Row mended(Row row) {
        SourceLocation place = SourceLocation.line(row.line());
        int fields = row.cells().size();
        if (fields < width) {
            table.countShort(row);
            return row;
        }
        if (fields == width) {
            return row;
        }
        if (isHarmless(row)) {
            return row;
        }
        Row joined = rejoined(row);
        if (joined != null) {
            draft.report(
                    place,
                    Severity.ADJUSTED,
                    "too-many-fields",
                    "The row has more fields than the header: a comma was not quoted. The text was joined to "
                            + PlanDraft.quoted(value(joined, "CONTENT")) + ".");
            return joined;
        }
        boolean isTask = "task".equalsIgnoreCase(value(row, "TYPE"));
        draft.report(
                place,
                Severity.ADJUSTED,
                "too-many-fields",
                "The row has " + fields + " fields where the header has " + width + ". Was a comma not quoted?"
                        + (row.width() > width && isTask ? " The further ones are in the description." : ""));
        return row;
    }

    private @Nullable Row rejoined(Row row) {
        if (row.cells().size() <= width || isHarmless(row)) {
            return null;
        }
        int content = column("CONTENT");
        int description = column("DESCRIPTION");
        int[] texts = description > content ? new int[] {content, description} : new int[] {content};
        return table.rejoined(row, width, texts, this::isSensible);
    }

    private boolean isHarmless(Row row) {
        return row.width() <= width && isSensible(row);
    }

    /// Whether the columns without free text hold valid values.
    private boolean isSensible(Row row) {
        boolean task = "task".equalsIgnoreCase(value(row, "TYPE"));
        return value(row, "PRIORITY").matches(task ? "[1-4]" : "[1-4]?")
                && value(row, "INDENT").matches(task ? "[1-9]" : "[1-9]?")
                && value(row, "DURATION").matches("\\d{0,5}")
                && value(row, "DATE_LANG").matches("[A-Za-z_-]{0,5}")
                && value(row, "AUTHOR").matches("|.{1,200}\\(\\d+\\)");
    }

    private void section(Row row) {
        finishTask();
        parents.clear();
        SourceLocation place = SourceLocation.line(row.line());
        section = draft.section(value(row, "CONTENT"), false, place);
        String description = value(row, "DESCRIPTION");
        if (!description.isEmpty()) {
            addToProject(value(row, "CONTENT") + ": " + files.withLinks(description, place));
            draft.report(
                    place,
                    Severity.ADJUSTED,
                    "section-description",
                    "Sections have no description here. That of " + PlanDraft.quoted(value(row, "CONTENT"))
                            + " is in the description of the project.");
        }
    }

    private void addToProject(String paragraph) {
        PlanDraft.appendBounded(projectNotes, paragraph, MAX_PROJECT_NOTES);
    }

    private void task(Row row) {
        finishTask();
        Entry task = new Entry(SourceLocation.line(row.line()));
        current = task;
        currentIndent = indent(row);
        task.section = section;
        task.parent = currentIndent > 1 && !parents.isEmpty()
                ? parents.get(Math.min(currentIndent - 1, parents.size()) - 1)
                : null;
        labels.title(task, value(row, "CONTENT"));
        task.paragraph(files.withLinks(value(row, "DESCRIPTION"), task.place));
        task.priority = priority(row);
        ZoneId zone = zone(row);
        due(task, value(row, "DATE"), zone);
        deadline(task, value(row, "DEADLINE"), zone);
        String duration = value(row, "DURATION");
        String unit = value(row, "DURATION_UNIT");
        if (duration.isEmpty() && !unit.isEmpty()) {
            task.below.add("Duration unit: " + unit);
        } else if (!duration.isEmpty()) {
            task.below.add("Duration: " + (duration + " " + unit + ("1".equals(duration) ? "" : "s")).strip());
        }
        responsible(task, value(row, "RESPONSIBLE"));
        if (authors.size() > 1 && !value(row, "AUTHOR").isEmpty()) {
            task.below.add("Author: " + value(row, "AUTHOR"));
        }
        labels.column(task, value(row, "LABELS"));
        for (int column = 0; column < row.width(); column++) {
            keepFurther(task, name(column), row.cell(column));
        }
    }

    private void keepFurther(Entry task, String name, String value) {
        if (TodoistSettings.has(name)) {
            settings.add(name, value);
        } else if (!value.isEmpty() && !OF_TASKS.contains(name)) {
            task.below.add((name.isEmpty() ? "Further field" : PlanDraft.cut(name, 80)) + ": " + value);
        }
    }

    private void responsible(Entry task, String written) {
        if (written.isEmpty()) {
            return;
        }
        task.below.add("Responsible: " + person(written));
        if (people.size() < MAX_PEOPLE && people.add(PlanDraft.cut(written, 200))) {
            draft.report(
                    task.place,
                    Severity.LEFT_OUT,
                    "person",
                    PlanDraft.quoted(written)
                            + " cannot be matched with a person here. The name is kept in the descriptions.");
        }
    }

    private void finishTask() {
        Entry task = current;
        if (task != null) {
            int level = Math.min(currentIndent, parents.size() + 1);
            while (parents.size() >= level) {
                parents.removeLast();
            }
            parents.add(draft.add(task));
        }
        current = null;
    }

    private int indent(Row row) {
        String written = value(row, "INDENT");
        int indent = written.matches("[1-9]\\d{0,3}") ? Integer.parseInt(written) : 1;
        if (!written.isEmpty() && !written.matches("[1-9]\\d{0,3}")) {
            adjusted(row, "unknown-indent", "The indent " + PlanDraft.quoted(written) + " was read as 1.");
        } else if (indent > Math.min(parents.size(), ImportPlan.MAX_DEPTH) + 1) {
            indent = Math.min(parents.size(), ImportPlan.MAX_DEPTH) + 1;
            adjusted(
                    row,
                    "indent-skipped",
                    "The task is indented by more than one level, or too deep. It is a sub-task of the nearest one.");
        }
        return indent;
    }

    private Priority priority(Row row) {
        String written = value(row, "PRIORITY");
        return switch (written) {
            case "1" -> Priority.URGENT;
            case "2" -> Priority.HIGH;
            case "3" -> Priority.MEDIUM;
            case "4", "" -> Priority.NONE;
            default -> {
                adjusted(row, "unknown-priority", "The priority " + PlanDraft.quoted(written) + " was read as none.");
                yield Priority.NONE;
            }
        };
    }

    private ZoneId zone(Row row) {
        String written = value(row, "TIMEZONE");
        if (written.isEmpty()) {
            return draft.zone();
        }
        try {
            return ZoneId.of(written);
        } catch (DateTimeException unknown) {
            adjusted(row, "unknown-zone", "The time zone " + PlanDraft.quoted(written) + " is not known.");
            return draft.zone();
        }
    }

    private void due(Entry task, String written, ZoneId zone) {
        if (written.isEmpty()) {
            return;
        }
        if (WrittenDate.isRecurring(written)) {
            task.above.add("Repeats: " + written);
            draft.report(
                    task.place,
                    Severity.LEFT_OUT,
                    "recurrence",
                    "Recurring tasks are not imported yet. The words " + PlanDraft.quoted(written)
                            + " begin the description.");
            return;
        }
        ImportDate due = WrittenDate.inWords(written, zone, draft.options().now());
        if (due == null) {
            task.above.add("Due: " + written);
            draft.report(
                    task.place,
                    Severity.ADJUSTED,
                    "unknown-date",
                    "The date " + PlanDraft.quoted(written) + " was not understood. It begins the description.");
        }
        keepWords(task, "Due", written, due, zone);
        task.due = due;
    }

    /// Keeps the words of a parsed date that say more: a remark in parentheses, or a date relative
    /// to today.
    private void keepWords(Entry task, String name, String written, @Nullable ImportDate understood, ZoneId zone) {
        if (understood == null) {
            return;
        }
        boolean isRelative =
                WrittenDate.isRelative(written, zone, draft.options().now());
        if (isRelative) {
            draft.report(
                    task.place,
                    Severity.ADJUSTED,
                    "relative-date",
                    "The date " + PlanDraft.quoted(written)
                            + " depends on the day it is read. Counted from the import, it became "
                            + understood.date(zone) + ". The words are in the description.");
        }
        if (isRelative || written.indexOf('(') >= 0) {
            task.below.add(name + ": " + written);
        }
    }

    private void deadline(Entry task, String written, ZoneId zone) {
        if (written.isEmpty()) {
            return;
        }
        ImportDate deadline = task.due == null
                ? WrittenDate.inWords(written, zone, draft.options().now())
                : null;
        if (deadline != null && task.above.isEmpty()) {
            keepWords(task, "Deadline", written, deadline, zone);
            task.due = deadline;
        } else {
            task.above.add("Deadline: " + written);
            draft.report(
                    task.place,
                    Severity.ADJUSTED,
                    "deadline",
                    "The deadline " + PlanDraft.quoted(written) + " is kept in the description.");
        }
    }

    private void note(Row row) {
        SourceLocation place = SourceLocation.line(row.line());
        String text = files.withLinks(value(row, "CONTENT"), place);
        String description = files.withLinks(value(row, "DESCRIPTION"), place);
        String author = person(value(row, "AUTHOR"));
        String note = (authors.size() > 1 && !author.isEmpty() ? author + ": " : "")
                + text
                + (description.isEmpty() ? "" : "\n\n" + description);
        if (current != null) {
            current.paragraph(note);
        } else {
            addToProject(note);
        }
    }

    private static String person(String written) {
        Matcher author = AUTHOR.matcher(written.length() > 300 ? "" : written);
        return author.matches() ? author.group(1) : written;
    }

    /// The name of a column; empty beyond the header.
    private String name(int column) {
        return column < names.size() ? names.get(column) : "";
    }

    private int column(String name) {
        return columns.getOrDefault(name, -1);
    }

    private String value(Row row, String column) {
        return row.cell(column(column));
    }

    private void adjusted(Row row, String code, String detail) {
        draft.report(SourceLocation.line(row.line()), Severity.ADJUSTED, code, detail);
    }
}
