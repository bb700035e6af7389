package tarn.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tarn.imports.CsvTable.Row;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.SourceLocation;

/// The header row of a CSV table and the meaning of its columns.
final class CsvHeader {

    /// The meaning of a column; earlier constants win when a name fits two.
    enum Field {
        TITLE,
        DESCRIPTION,
        KEY,
        PARENT,
        SECTION,
        STATUS,
        PRIORITY,
        START,
        DUE,
        COMPLETED,
        DONE,
        LABELS;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Map<Field, Set<String>> NAMES = names();
    private static final Map<String, Field> FIELDS = fieldsOfNames();

    /// Fields that several columns may have; the first with content counts.
    private static final Set<Field> SEVERAL = EnumSet.of(Field.KEY, Field.LABELS, Field.PARENT, Field.SECTION);

    private static final int MAX_NAME = 60;
    private static final int MAX_NAMES_SHOWN = 40;
    private static final int NAME_SHOWN = 80;

    private final Row row;
    private final Map<Field, List<Integer>> columns = new EnumMap<>(Field.class);
    private final List<Integer> unmapped = new ArrayList<>();

    private CsvHeader(Row row) {
        this.row = row;
    }

    /// Finds the header among the first rows and reports the rows before it.
    ///
    /// @throws UnreadableImport when no column has titles or names of tasks
    static CsvHeader of(List<Row> head, PlanDraft draft) {
        Row row = row(head, draft.options().columns());
        reportBefore(head, row, draft);
        CsvHeader header = new CsvHeader(row);
        header.mapColumns(draft);
        return header;
    }

    /// The non-empty column names, left to right.
    ///
    /// @param wanted the columns that the caller named
    static List<String> columnNames(List<Row> head, Map<String, String> wanted) {
        return row(head, wanted).cells().stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static Row row(List<Row> head, Map<String, String> wanted) {
        int index = mostNamed(head, wanted);
        return head.get(index >= 0 ? index : afterPreamble(head));
    }

    /// Reports the rows before a header.
    static void reportBefore(List<Row> head, Row header, PlanDraft draft) {
        for (Row before : head) {
            if (before.line() >= header.line()) {
                return;
            }
            draft.report(
                    SourceLocation.line(before.line()),
                    Severity.LEFT_OUT,
                    "before-header",
                    "The row stands before the header on line " + header.line() + ": " + before.quoted());
        }
    }

    /// The row with most of the columns that the caller named; -1 for none.
    private static int mostNamed(List<Row> head, Map<String, String> wanted) {
        int best = -1;
        int most = 0;
        for (int index = 0; index < head.size(); index++) {
            int named = named(head.get(index), wanted);
            if (named > most) {
                best = index;
                most = named;
            }
        }
        return best;
    }

    private static int named(Row row, Map<String, String> wanted) {
        int named = 0;
        for (String name : wanted.values()) {
            named += column(row, name) >= 0 ? 1 : 0;
        }
        return named;
    }

    /// The header's index: the first row, unless a preamble precedes the header, that is rows at
    /// most half as wide as a row of mostly known names, or single cells before a wider row.
    private static int afterPreamble(List<Row> head) {
        int widest = 0;
        for (int index = 0; index < head.size(); index++) {
            Row row = head.get(index);
            if (isHeader(row)) {
                return 2 * widest <= row.width() ? index : 0;
            }
            widest = Math.max(widest, row.width());
        }
        int first = 0;
        while (first < head.size() && head.get(first).width() == 1 && known(head.get(first)) == 0) {
            first++;
        }
        return first < head.size() && head.get(first).width() > 2 ? first : 0;
    }

    private static boolean isHeader(Row row) {
        Set<Field> known = fields(row);
        boolean named = known.contains(Field.TITLE) || known.contains(Field.KEY);
        return named
                && (known.size() == row.width()
                        || known.size() > 3
                        || (known.size() > 1 && 2 * known.size() > row.width()));
    }

    /// The number of known column names in a row.
    static int known(Row row) {
        return fields(row).size();
    }

    private static Set<Field> fields(Row row) {
        Set<Field> known = EnumSet.noneOf(Field.class);
        for (String cell : row.cells()) {
            Field field = cell.isBlank() || cell.length() > MAX_NAME
                    ? null
                    : FIELDS.get(ImportWords.normalized(cell.strip()));
            if (field != null) {
                known.add(field);
            }
        }
        return known;
    }

    private void mapColumns(PlanDraft draft) {
        Map<Integer, String> free = new LinkedHashMap<>();
        for (int column = 0; column < row.width(); column++) {
            free.put(column, ImportWords.normalized(row.cell(column)));
        }
        for (Map.Entry<String, String> wanted : draft.options().columns().entrySet()) {
            claim(wanted.getKey(), wanted.getValue(), free);
        }
        for (Field field : Field.values()) {
            if (!columns.containsKey(field)) {
                take(field, free);
            }
        }
        unmapped.addAll(free.keySet());
        guessTitle(draft);
    }

    private void take(Field field, Map<Integer, String> free) {
        for (String name : NAMES.getOrDefault(field, Set.of())) {
            if (!free.containsValue(name)) {
                continue;
            }
            List<Integer> found = new ArrayList<>();
            free.forEach((column, header) -> {
                if (header.equals(name)) {
                    found.add(column);
                }
            });
            boolean several = SEVERAL.contains(field);
            List<Integer> taken = several ? found : found.subList(0, 1);
            columns.computeIfAbsent(field, any -> new ArrayList<>()).addAll(taken);
            taken.forEach(free::remove);
            if (!several) {
                return;
            }
        }
    }

    private void claim(String fieldName, String headerName, Map<Integer, String> free) {
        if (!isField(fieldName)) {
            throw new UnreadableImport(
                    "invalid-columns",
                    "columns names the field " + PlanDraft.quoted(fieldName) + ". The fields are " + fields() + ".");
        }
        int column = -1;
        for (int at : free.keySet()) {
            boolean exact = row.cell(at).equals(headerName.strip());
            if (exact
                    || (column < 0 && ImportWords.normalized(headerName.strip()).equals(free.get(at)))) {
                column = at;
                if (exact) {
                    break;
                }
            }
        }
        if (column < 0) {
            throw new UnreadableImport(
                    "invalid-columns",
                    "columns names " + PlanDraft.quoted(headerName) + ", but the header on line " + row.line() + " has "
                            + names(row) + ".");
        }
        columns.put(Field.valueOf(fieldName.toUpperCase(Locale.ROOT)), new ArrayList<>(List.of(column)));
        free.remove(column);
    }

    private static int column(Row row, String name) {
        String normal = ImportWords.normalized(name.strip());
        for (int column = 0; column < row.cells().size(); column++) {
            String cell = row.cell(column);
            if (!cell.isEmpty()
                    && (cell.equals(name.strip())
                            || (cell.length() <= name.length() + NAME_SHOWN
                                    && ImportWords.normalized(cell).equals(normal)))) {
                return column;
            }
        }
        return -1;
    }

    /// Without a title column, but with several known ones, takes the first free column as title.
    private void guessTitle(PlanDraft draft) {
        if (columns.containsKey(Field.TITLE) || columns.containsKey(Field.KEY)) {
            return;
        }
        if (columns.size() < 2 || unmapped.isEmpty()) {
            throw new UnreadableImport(
                    "no-title-column",
                    "No column of the header on line " + row.line() + " holds titles of tasks. It has " + names(row)
                            + ". Name the column with columns=title:...");
        }
        int column = unmapped.removeFirst();
        columns.put(Field.TITLE, List.of(column));
        draft.report(
                SourceLocation.line(row.line()),
                Severity.ADJUSTED,
                "title-column",
                "No column is named as a title. " + PlanDraft.quoted(row.cell(column)) + " was taken.");
    }

    /// Drops the title columns, for files whose titles are keys.
    void forgetTitles() {
        List<Integer> titles = columns.remove(Field.TITLE);
        if (titles != null) {
            unmapped.addAll(titles);
            unmapped.sort(null);
        }
    }

    int line() {
        return row.line();
    }

    /// Number of columns up to the last named one.
    int width() {
        return row.width();
    }

    /// Number of columns, named or not.
    int cells() {
        return row.cells().size();
    }

    boolean has(Field field) {
        return columns.containsKey(field);
    }

    boolean hasColumn(String name) {
        return row.cells().contains(name);
    }

    /// Whether a row repeats the header.
    boolean isRepeatedBy(Row other) {
        return row.width() > 1 && row.cells().equals(other.cells());
    }

    List<Integer> columns(Field field) {
        return columns.getOrDefault(field, List.of());
    }

    /// Columns without a known meaning, left to right.
    List<Integer> unmapped() {
        return unmapped;
    }

    /// Names of columns without a known meaning, equal names once with their number.
    String unmappedNames() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        unmapped.forEach(column -> counts.merge(row.cell(column), 1, Integer::sum));
        StringJoiner names = new StringJoiner(", ");
        counts.forEach((name, count) -> names.add((name.isEmpty() ? "columns without a name" : PlanDraft.quoted(name))
                + (count > 1 ? " (" + count + " times)" : "")));
        return names.toString();
    }

    /// The first column of a field, or -1.
    int column(Field field) {
        List<Integer> found = columns.get(field);
        return found == null ? -1 : found.getFirst();
    }

    String value(Row row, Field field) {
        return row.cell(column(field));
    }

    String name(int column) {
        return row.cell(column);
    }

    /// A cell with its column's name, as in descriptions.
    String line(int column, String value) {
        String name = row.cell(column);
        return (name.isEmpty() ? "Column " + (column + 1) : PlanDraft.cut(name, NAME_SHOWN)) + ": " + value;
    }

    /// The columns that may hold free text, left to right.
    int[] texts() {
        return columns.entrySet().stream()
                .filter(entry -> entry.getKey() == Field.TITLE || entry.getKey() == Field.DESCRIPTION)
                .mapToInt(entry -> entry.getValue().getFirst())
                .sorted()
                .toArray();
    }

    static boolean isField(String name) {
        return Arrays.stream(Field.values()).anyMatch(field -> field.text().equals(name));
    }

    static String fields() {
        StringJoiner fields = new StringJoiner(", ");
        for (Field field : Field.values()) {
            fields.add(field.text());
        }
        return fields.toString();
    }

    private static String names(Row header) {
        StringJoiner names = new StringJoiner(", ");
        header.cells().stream().limit(MAX_NAMES_SHOWN).map(PlanDraft::quoted).forEach(names::add);
        return names.toString();
    }

    private static Map<Field, Set<String>> names() {
        ImportWords words = ImportWords.of("headers");
        Map<Field, Set<String>> names = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            names.put(field, words.normal(field.text()));
        }
        return names;
    }

    private static Map<String, Field> fieldsOfNames() {
        Map<String, Field> fields = new HashMap<>();
        NAMES.forEach((field, names) -> names.forEach(name -> fields.putIfAbsent(name, field)));
        return Map.copyOf(fields);
    }
}
