package tarn.imports;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tarn.imports.CsvHeader.Field;
import tarn.imports.CsvTable.Row;
import tarn.imports.CsvWords.State;
import tarn.imports.ImportPlan.Color;
import tarn.imports.ImportPlan.Priority;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.Entry;
import tarn.imports.PlanDraft.SourceLocation;
import tarn.imports.WrittenDate.DayOrder;

/// Reads a CSV table with one task per row, in two passes: the first surveys the columns, the
/// second creates the tasks.
///
/// [CsvHeader] gives the columns their meaning. Rows with equal keys stay separate tasks, since the
/// file does not say which one is right.
final class PlainCsv {

    private static final Pattern IN_LIST = Pattern.compile("^\\[([^\\[\\]]*)]$");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(?:\\.0)?");
    private static final Pattern LABEL_SEPARATORS = Pattern.compile("[,;|\n]");
    private static final int MAX_STATUS_SECTIONS = 50;
    private static final int MAX_WORDS_REPORTED = 1000;

    private final CsvTable table;
    private final PlanDraft draft;
    private final CsvHeader header;
    private final CsvHierarchy hierarchy;
    private final Map<Field, Set<String>> reported = new EnumMap<>(Field.class);
    private final boolean tickTick;
    private final CsvWords words;

    private int rows;
    private boolean titlesAreNumbers = true;
    private final Set<String> statuses = new LinkedHashSet<>();
    private boolean dayFirst;
    private boolean monthFirst;
    private int ambiguousLine;
    private boolean statusIsSection;
    private boolean numericPriorities;

    private final Map<String, String> sections = new LinkedHashMap<>();
    private final Map<String, String> labels = new HashMap<>();

    private PlainCsv(CsvTable table, PlanDraft draft, CsvHeader header) {
        this.table = table;
        this.draft = draft;
        this.header = header;
        this.hierarchy = new CsvHierarchy(draft, header.has(Field.PARENT));
        this.tickTick = header.hasColumn("Is Check list");
        this.words = new CsvWords(tickTick);
    }

    static ImportPlan read(CsvTable table, PlanDraft draft) throws IOException {
        PlainCsv csv = new PlainCsv(table, draft, CsvHeader.of(table.head(), draft));
        table.forEach(csv::survey);
        if (csv.rows == 0) {
            throw new UnreadableImport("empty", "The file has a header but no rows.");
        }
        csv.decide();
        table.forEach(csv::row);
        csv.hierarchy.addToPlan();
        table.reportCells(draft);
        return draft.plan(ImportFormat.CSV, "", "");
    }

    private void survey(Row row) {
        if (row.line() <= header.line() || header.isRepeatedBy(row)) {
            return;
        }
        PlanDraft.requireRoom(++rows);
        String title = value(row, Field.TITLE);
        titlesAreNumbers &= title.isEmpty() || NUMBER.matcher(title).matches();
        String status = value(row, Field.STATUS);
        if (!status.isEmpty() && statuses.size() <= MAX_STATUS_SECTIONS && statuses.add(status)) {
            draft.retain(status);
        }
        for (Field field : List.of(Field.START, Field.DUE, Field.COMPLETED, Field.DONE)) {
            DayOrder evidence = WrittenDate.evidence(value(row, field));
            dayFirst |= evidence == DayOrder.DAY_FIRST;
            monthFirst |= evidence == DayOrder.MONTH_FIRST;
            if (evidence == DayOrder.UNKNOWN && ambiguousLine == 0) {
                ambiguousLine = row.line();
            }
        }
    }

    /// Creates a section per status, those of completed tasks last.
    private void makeSectionsOfStatuses(SourceLocation place) {
        List<String> last = new ArrayList<>();
        for (String status : statuses) {
            State state = words.state(status);
            if (state == State.DONE || state == State.ENDED) {
                last.add(status);
            } else {
                section(status, place);
            }
        }
        last.forEach(status -> section(status, place));
        draft.report(
                place,
                Severity.INFO,
                "status-sections",
                "The values of " + PlanDraft.quoted(header.name(header.column(Field.STATUS))) + " became sections.");
    }

    private void decide() {
        SourceLocation place = SourceLocation.line(header.line());
        List<Integer> keys = header.columns(Field.KEY);
        boolean overridden = draft.options().columns().containsKey(Field.TITLE.text());
        if (titlesAreNumbers && !keys.isEmpty() && !overridden) {
            header.forgetTitles();
        }
        if (!header.has(Field.TITLE)) {
            draft.report(
                    place,
                    Severity.INFO,
                    "title-column",
                    "No column holds titles. Tasks are named by " + PlanDraft.quoted(header.name(keys.getFirst()))
                            + ".");
        }
        if (ambiguousLine > 0 && dayFirst == monthFirst) {
            draft.report(
                    SourceLocation.line(ambiguousLine),
                    Severity.ADJUSTED,
                    "ambiguous-dates",
                    dayFirst
                            ? "Some dates have the day first, others the month. Those that could be either are kept as"
                                    + " text."
                            : "Dates such as the one on this line could be read in two ways. They were read month"
                                    + " first.");
        }
        statusIsSection = !tickTick
                && !header.has(Field.SECTION)
                && !statuses.isEmpty()
                && statuses.size() <= MAX_STATUS_SECTIONS;
        if (statusIsSection) {
            makeSectionsOfStatuses(place);
        }
        if (!header.unmapped().isEmpty()) {
            draft.report(
                    place,
                    Severity.INFO,
                    "further-columns",
                    "Kept as text at the end of descriptions: " + header.unmappedNames() + ".");
        }
    }

    private DayOrder dayOrder() {
        if (dayFirst) {
            return monthFirst ? DayOrder.UNKNOWN : DayOrder.DAY_FIRST;
        }
        return DayOrder.MONTH_FIRST;
    }

    private void row(Row written) {
        if (written.line() <= header.line()) {
            return;
        }
        SourceLocation place = SourceLocation.line(written.line());
        if (header.isRepeatedBy(written)) {
            draft.report(
                    place,
                    Severity.LEFT_OUT,
                    "repeated-header",
                    "The row repeats the header on line " + header.line() + ".");
            return;
        }
        Row row = mended(written, place);
        Entry entry = new Entry(place);
        for (int column = header.width(); column < row.width(); column++) {
            if (!row.cell(column).isEmpty()) {
                entry.below.add("Further field: " + row.cell(column));
            }
        }
        String key = value(row, Field.KEY);
        entry.title = value(row, Field.TITLE);
        entry.paragraph(value(row, Field.DESCRIPTION));
        if (!PlanDraft.isVisible(entry.title) && PlanDraft.isVisible(key)) {
            entry.title = key;
            if (header.has(Field.TITLE)) {
                adjusted(place, "untitled", "The row has no title and was named by its key " + PlanDraft.quoted(key));
            }
        }
        dates(row, entry);
        status(row, entry);
        priority(row, entry);
        labels(row, entry);
        section(row, entry);
        String parent = parent(row, entry);
        keepAsText(row, entry);
        String title = entry.title;
        draft.seal(entry);
        hierarchy.add(entry, title, keys(row), parent);
    }

    private List<String> keys(Row row) {
        List<String> keys = new ArrayList<>();
        for (int column : header.columns(Field.KEY)) {
            if (!row.cell(column).isEmpty()) {
                keys.add(row.cell(column));
            }
        }
        return keys;
    }

    private Row mended(Row row, SourceLocation place) {
        int fields = row.cells().size();
        int width = header.cells();
        if (fields < width) {
            table.countShort(row);
        }
        if (fields <= width || (row.width() <= width && isSensible(row))) {
            return row;
        }
        Row joined = table.rejoined(row, width, header.texts(), this::isSensible);
        if (joined == null) {
            adjusted(
                    place,
                    "too-many-fields",
                    "The row has " + fields + " fields where the header has " + width
                            + (row.width() > width
                                    ? ". The further ones are in the description."
                                    : ". The further ones are empty. Was a delimiter not quoted?"));
            return row;
        }
        adjusted(
                place,
                "too-many-fields",
                "The row has more fields than the header: a delimiter was not quoted. The text was joined to "
                        + PlanDraft.quoted(value(joined, Field.TITLE)) + ".");
        return joined;
    }

    /// Whether dates, numbers and statuses parse, to judge the repair of a row with too many cells.
    private boolean isSensible(Row row) {
        for (Field field : List.of(Field.START, Field.DUE, Field.COMPLETED)) {
            String value = value(row, field);
            if (!value.isEmpty() && date(value) == null && !WrittenDate.isRecurring(value)) {
                return false;
            }
        }
        String done = value(row, Field.DONE);
        String priority = value(row, Field.PRIORITY);
        return (done.isEmpty() || CsvWords.isYes(done) || CsvWords.isNo(done) || date(done) != null)
                && (priority.isEmpty() || words.priority(priority) != null)
                && (!header.has(Field.STATUS)
                        || words.state(value(row, Field.STATUS)) != State.UNKNOWN
                        || value(row, Field.STATUS).isEmpty()
                        || statuses.contains(value(row, Field.STATUS)));
    }

    private void dates(Row row, Entry entry) {
        entry.startAsWritten = value(row, Field.START);
        entry.start = date(row, Field.START, entry);
        entry.due = date(row, Field.DUE, entry);
        for (Field field : List.of(Field.COMPLETED, Field.DONE)) {
            String written = value(row, field);
            ImportDate read = written.isEmpty() ? null : date(written);
            Instant date = read == null ? null : read.start(draft.zone());
            if (CsvWords.isYes(written)) {
                entry.done = true;
            } else if (date != null) {
                entry.done = true;
                boolean further = entry.completedAt != null && !entry.completedAt.equals(date);
                entry.completedAt = entry.completedAt == null ? date : entry.completedAt;
                if (further || written.indexOf('(') >= 0) {
                    keep(row, header.column(field), entry);
                }
            } else if (!written.isEmpty() && !CsvWords.isNo(written) && !CsvWords.isNothing(written)) {
                State state = field == Field.DONE ? words.state(written) : State.UNKNOWN;
                entry.done |= state == State.DONE;
                if (state == State.UNKNOWN) {
                    misread(row, field, entry);
                } else {
                    keep(row, header.column(field), entry);
                }
            }
        }
    }

    private @Nullable ImportDate date(Row row, Field field, Entry entry) {
        String written = value(row, field);
        ImportDate date = written.isEmpty() ? null : date(written);
        if (date != null && written.indexOf('(') >= 0) {
            keep(row, header.column(field), entry);
        }
        if (date == null && !written.isEmpty() && !CsvWords.isNothing(written)) {
            if (WrittenDate.isRecurring(written)) {
                entry.above.add("Repeats: " + written);
                draft.report(
                        entry.place,
                        Severity.LEFT_OUT,
                        "recurrence",
                        "Recurring tasks are not imported yet. The words " + PlanDraft.quoted(written)
                                + " begin the description.");
            } else {
                misread(row, field, entry);
            }
        }
        return date;
    }

    private @Nullable ImportDate date(String written) {
        return WrittenDate.absolute(written, draft.zone(), dayOrder());
    }

    private void status(Row row, Entry entry) {
        String written = value(row, Field.STATUS);
        if (written.isEmpty()) {
            return;
        }
        State state = words.state(written);
        entry.archived |= tickTick && "2".equals(written);
        if (state == State.OPEN && entry.done) {
            entry.done = false;
            adjusted(
                    entry.place,
                    "status-contradicts",
                    "The status " + PlanDraft.quoted(written)
                            + " says open, another column says completed. It is open.");
            for (Field field : List.of(Field.COMPLETED, Field.DONE)) {
                if (header.has(field)) {
                    keep(row, header.column(field), entry);
                }
            }
        }
        entry.done |= state == State.DONE || state == State.ENDED;
        if (state == State.ENDED) {
            once(
                    Field.STATUS,
                    written,
                    entry.place,
                    Severity.ADJUSTED,
                    "The status " + PlanDraft.quoted(written) + " was read as done.");
        }
        if (state == State.UNKNOWN) {
            once(
                    Field.STATUS,
                    written,
                    entry.place,
                    Severity.INFO,
                    "The status " + PlanDraft.quoted(written) + " was read as open.");
        }
        if (statusIsSection) {
            entry.section = section(written, entry.place);
        }
        boolean isNumber = tickTick
                && state != State.UNKNOWN
                && NUMBER.matcher(written.replace("-", "")).matches();
        if (entry.section == null && !isNumber) {
            keep(row, header.column(Field.STATUS), entry);
        }
    }

    private void priority(Row row, Entry entry) {
        String written = value(row, Field.PRIORITY);
        if (written.isEmpty()) {
            return;
        }
        Priority priority = words.priority(written);
        if (priority == null) {
            misread(row, Field.PRIORITY, entry);
            return;
        }
        entry.priority = priority;
        if (!words.isNoMoreThanPriority(written)) {
            keep(row, header.column(Field.PRIORITY), entry);
        }
        if (!tickTick && !numericPriorities && NUMBER.matcher(written).matches()) {
            numericPriorities = true;
            draft.report(
                    entry.place,
                    Severity.INFO,
                    "numeric-priority",
                    "Priorities are numbers. 1 was read as urgent, 2 high, 3 medium, 4 and 5 low, 0 none.");
        }
    }

    private void labels(Row row, Entry entry) {
        for (int column : header.columns(Field.LABELS)) {
            String cell = IN_LIST.matcher(row.cell(column)).replaceFirst("$1");
            for (String part : LABEL_SEPARATORS.split(cell, -1)) {
                String name = part.strip();
                if (name.isEmpty()) {
                    continue;
                }
                String key = labels.get(name);
                if (key == null) {
                    key = draft.label(name, Color.GRAY, entry.place);
                }
                if (key == null) {
                    entry.below.add("Label: " + name);
                } else {
                    if (labels.put(name, key) == null) {
                        draft.retain(name);
                    }
                    entry.labels.add(key);
                }
            }
        }
    }

    private void section(Row row, Entry entry) {
        for (int column : header.columns(Field.SECTION)) {
            String section = row.cell(column);
            if (entry.section == null && !section.isEmpty()) {
                entry.section = section(section, entry.place);
                if (entry.section != null) {
                    continue;
                }
            }
            keep(row, column, entry);
        }
    }

    private void keepAsText(Row row, Entry entry) {
        List<Integer> keys = header.columns(Field.KEY);
        for (int column : header.has(Field.TITLE) || keys.isEmpty() ? keys : keys.subList(1, keys.size())) {
            keep(row, column, entry);
        }
        for (int column : header.unmapped()) {
            keep(row, column, entry);
        }
    }

    private void keep(Row row, int column, Entry entry) {
        String value = row.cell(column);
        if (!value.isEmpty()) {
            entry.below.add(header.line(column, value));
        }
    }

    /// The first parent named; others are kept as text.
    private String parent(Row row, Entry entry) {
        String parent = "";
        for (int column : header.columns(Field.PARENT)) {
            String named = row.cell(column);
            if (parent.isEmpty() && !CsvWords.isNothing(named)) {
                parent = named;
            } else if (!CsvWords.isNothing(named) && !named.equals(parent)) {
                keep(row, column, entry);
            }
        }
        return parent;
    }

    private void misread(Row row, Field field, Entry entry) {
        String written = value(row, field);
        keep(row, header.column(field), entry);
        adjusted(
                entry.place,
                "unknown-" + (field == Field.PRIORITY ? "priority" : "date"),
                "The value " + PlanDraft.quoted(written) + " of " + PlanDraft.quoted(header.name(header.column(field)))
                        + " was not understood. It is kept in the description.");
    }

    private @Nullable String section(String name, SourceLocation place) {
        String known = sections.get(name);
        if (known == null) {
            known = draft.section(name, false, place);
            if (known != null) {
                sections.put(name, known);
                draft.retain(name);
            }
        }
        return known;
    }

    private String value(Row row, Field field) {
        return header.value(row, field);
    }

    private void adjusted(SourceLocation place, String code, String detail) {
        draft.report(place, Severity.ADJUSTED, code, detail);
    }

    /// Reports a word only at its first occurrence in a column.
    private void once(Field field, String word, SourceLocation place, Severity severity, String detail) {
        Set<String> known = reported.computeIfAbsent(field, any -> new LinkedHashSet<>());
        if (known.size() < MAX_WORDS_REPORTED && known.add(PlanDraft.cut(word, 200))) {
            draft.report(place, severity, "unknown-" + field.text(), detail);
        }
    }
}
