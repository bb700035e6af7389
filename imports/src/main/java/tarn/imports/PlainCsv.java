package tarn.imports;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tarn.imports.CsvTable.Row;
import tarn.imports.ImportPlan.Color;
import tarn.imports.ImportPlan.Priority;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.Entry;
import tarn.imports.PlanDraft.Place;
import tarn.imports.WrittenDate.DayOrder;

/// Reads a table of tasks: one row, one task.
///
/// Columns are found by their headers, in English and a little German, French, Spanish and Portuguese.
/// The file is walked over twice: first to see what its columns hold as a whole, then to read it.
/// Rows with the same key remain separate tasks: which of them is the true one, only a person knows.
final class PlainCsv {

    /// What a column can mean; the headers from the surest to the vaguest.
    private enum Field {
        TITLE("title|summary|task name|task title|issue title|card name|card title|item name|name|task|subject"
                + "|headline|todo|item|issue|work item|action item|content|what"
                + "|titel|aufgabe|betreff|bezeichnung|vorgang|zusammenfassung|inhalt"
                + "|titre|tache|nom|sujet|objet|intitule|resume|contenu"
                + "|titulo|tarea|tarefa|nombre|nome|asunto|assunto|resumen|resumo|contenido|conteudo"),
        DESCRIPTION(
                "description|notes|note|details|detail|body|content|card description|task description|issue description"
                        + "|long description|desc|text|beschreibung|notizen|notiz|bemerkung|bemerkungen|anmerkungen"
                        + "|task content|inhalt|remarques|contenu|descripcion|notas|detalles|observaciones|contenido"
                        + "|descricao|detalhes|observacoes|conteudo"),
        KEY("key|id|issue key|issue id|id issue|task id|taskid|card id|item id|ticket id|uid|uuid|number|ticket|nr|no|#"
                + "|issue number|reference|nummer|kennung|schlussel|identifiant|cle|numero|clave|identificador"
                + "|chave"),
        PARENT("parent|parent id|parentid|parent key|parent task|parent task id|parent issue|parent item|parent name"
                + "|subtask of|ubergeordnet|ubergeordnete aufgabe|tache parente|parente|tarea principal|padre"
                + "|tarefa pai|pai"),
        SECTION("section|section column|column|column name|bucket|bucket name|list|list name|board list|group"
                + "|group name|abschnitt|spalte|liste|gruppe|bereich|colonne|groupe|seccion|columna|lista|grupo"
                + "|secao|coluna"),
        STATUS("status|state|task status|issue state|progress|stage|workflow state|zustand|fortschritt|statut|etat"
                + "|avancement|estado|progreso|situacao|andamento"),
        PRIORITY("priority|prio|importance|severity|prioritat|dringlichkeit|priorite|prioridad|prioridade"),
        START("start|start date|start at|start on|start time|started|begin|begins|begin date|startdatum|beginn"
                + "|start am|date de debut|debut|fecha de inicio|inicio|data de inicio"),
        DUE("due|due date|due at|due on|duedate|deadline|finish|finish date|finish by|end|end date|target date|due time"
                + "|fallig|fallig am|falligkeit|falligkeitsdatum|frist|termin|enddatum|ende"
                + "|echeance|date d echeance|date limite|date de fin|fecha de vencimiento|vencimiento"
                + "|fecha limite|fecha de entrega|data de vencimento|vencimento|prazo|data limite"),
        COMPLETED("completed at|completed date|completion date|date completed|completed on|completed time|done at|done"
                + " on|done date|closed at|closed date|date closed|closed on|resolved at|resolution date|resolved"
                + " on|finished date|finished at|finished on|erledigt am|abgeschlossen am|termine le|fecha de"
                + " finalizacion|data de conclusao|concluido em"),
        DONE("done|completed|complete|is done|is completed|is complete|finished|closed|resolved|checked|erledigt|fertig"
                + "|abgeschlossen|termine|fait|hecho|completado|completada|terminado|feito|concluido|concluida"),
        LABELS("labels|label|tags|tag|categories|category|keywords|etiketten|schlagworter|schlagworte|kategorie"
                + "|kategorien|etiquettes|mots cles|categorie|etiquetas|etiqueta|categorias|categoria|marcadores");

        private final String headers;

        Field(String headers) {
            this.headers = headers;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What a word in a column of statuses says.
    private enum State {
        OPEN,
        DONE,
        ENDED,
        UNKNOWN
    }

    private static final Map<Field, Set<String>> HEADERS = headers();
    private static final Set<String> OPEN = words("open|to do|todo|new|not started|backlog|in"
            + " progress|doing|active|started|reopened|waiting|blocked|in review|offen|zu erledigen|neu|nicht"
            + " begonnen|in bearbeitung|in arbeit|a faire|ouvert|en cours|nouveau|por hacer|pendiente|abierto|en"
            + " curso|en progreso|a fazer|pendente|aberto|em andamento|pending|needs action|incomplete");
    private static final Set<String> DONE = words(
            "done|closed|complete|completed|resolved|finished|fixed|shipped|erledigt"
                    + "|fertig|abgeschlossen|geschlossen|gelost|termine|terminee|fait|fini|ferme|resolu|hecho|completado"
                    + "|completada|terminado|terminada|cerrado|resuelto|feito|concluido|concluida|finalizado|fechado|resolvido");
    private static final Set<String> ENDED =
            words("cancelled|canceled|rejected|declined|duplicate|wont do|won t do|wontfix"
                    + "|wont fix|won t fix|abandoned|obsolete|abgebrochen|abgelehnt|annule|cancelado|cancelada");
    private static final Set<String> YES =
            words("true|yes|y|x|1|✓|✔|☑|✅|[x]|ja|oui|si|sim|wahr|vrai|verdadero|verdadeiro|done|100%");
    private static final Set<String> NO = words("false|no|n|0|[]|[ ]|☐|nein|non|nao|falsch|faux|falso|open|0%");
    private static final Set<String> NOTHING = words("null|n a|none|nil|–|—|k a");

    /// Fields for which several columns may stand; the first with content counts.
    private static final Set<Field> SEVERAL = EnumSet.of(Field.KEY, Field.LABELS, Field.PARENT, Field.SECTION);
    private static final Map<String, Priority> PRIORITIES = priorities();

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern GAPS = Pattern.compile("[\\s_./:'’-]+");
    private static final Pattern CAMEL = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\s*\\([^()]{0,100}\\)\\s*$");
    private static final Pattern IN_LIST = Pattern.compile("^\\[([^\\[\\]]*)]$");
    private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L} ]+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(?:\\.0)?");
    private static final Pattern LABEL_SEPARATORS = Pattern.compile("[,;|\n]");
    private static final int MOST_STATUS_SECTIONS = 50;
    private static final int HEADER_SHOWN = 80;
    private static final int LONGEST_HEADER = 60;

    private final CsvTable table;
    private final PlanDraft draft;
    private final Row header;
    private final Map<Field, List<Integer>> columns = new EnumMap<>(Field.class);
    private final List<Integer> unmapped = new ArrayList<>();
    private final Map<Field, Set<String>> reported = new EnumMap<>(Field.class);

    private int rows;
    private boolean titlesAreNumbers = true;
    private final Set<String> statuses = new LinkedHashSet<>();
    private boolean dayFirst;
    private boolean monthFirst;
    private int ambiguousLine;
    private boolean statusIsSection;
    private boolean numericPriorities;
    private final boolean tickTick;

    private final Map<String, String> sections = new LinkedHashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> parentNames = new ArrayList<>();
    private final Map<String, Integer> byKey = new HashMap<>();
    private final Map<String, Integer> byTitle = new HashMap<>();

    private PlainCsv(CsvTable table, PlanDraft draft, Row header) {
        this.table = table;
        this.draft = draft;
        this.header = header;
        this.tickTick = header.cells().contains("Is Check list");
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

    static ImportPlan read(CsvTable table, PlanDraft draft) {
        table.reportStrayQuotes(draft);
        List<Row> head = table.head();
        PlainCsv csv = new PlainCsv(table, draft, header(head, draft.options().columns()));
        csv.reportPreamble(head);
        csv.mapColumns();
        table.forEach(csv::survey);
        if (csv.rows == 0) {
            throw new UnreadableImport("empty", "The file has a header but no rows.");
        }
        csv.decide();
        table.forEach(csv::row);
        csv.nest();
        return draft.plan(ImportFormat.CSV, "", "");
    }

    /// The first row that names a task and something else, else simply the first: exports such as
    /// TickTick's begin with a few lines about themselves.
    private static Row header(List<Row> head, Map<String, String> overrides) {
        for (Row row : head) {
            Set<Field> known = known(row, overrides);
            if (known.contains(Field.TITLE) && known.size() > 1) {
                return row;
            }
        }
        return head.getFirst();
    }

    /// How many fields a row names as a header does.
    static int known(Row row) {
        return known(row, Map.of()).size();
    }

    private static Set<Field> known(Row row, Map<String, String> overrides) {
        Set<Field> known = EnumSet.noneOf(Field.class);
        for (int column = 0; column < row.cells().size(); column++) {
            String name = row.cell(column).length() > LONGEST_HEADER ? "" : normal(row.cell(column));
            for (Field field : Field.values()) {
                String override = overrides.get(field.text());
                if (HEADERS.getOrDefault(field, Set.of()).contains(name)
                        || (override != null && name.equals(normal(override)))) {
                    known.add(field);
                }
            }
        }
        return known;
    }

    private void reportPreamble(List<Row> head) {
        if (head.getFirst().line() < header.line()) {
            draft.report(
                    Place.line(head.getFirst().line()),
                    Severity.INFO,
                    "preamble",
                    "The header is on line " + header.line() + ". What stands before it was not imported.");
        }
    }

    // Columns

    private void mapColumns() {
        Map<Integer, String> free = new LinkedHashMap<>();
        for (int column = 0; column < header.width(); column++) {
            free.put(column, normal(header.cell(column)));
        }
        for (Map.Entry<String, String> override : draft.options().columns().entrySet()) {
            claim(override.getKey(), override.getValue(), free);
        }
        for (Field field : Field.values()) {
            if (columns.containsKey(field)) {
                continue;
            }
            for (String name : HEADERS.getOrDefault(field, Set.of())) {
                List<Integer> found = new ArrayList<>();
                free.forEach((column, header) -> {
                    if (header.equals(name)) {
                        found.add(column);
                    }
                });
                boolean several = SEVERAL.contains(field);
                if (!found.isEmpty()) {
                    List<Integer> taken = several ? found : found.subList(0, 1);
                    columns.computeIfAbsent(field, any -> new ArrayList<>()).addAll(taken);
                    taken.forEach(free::remove);
                    if (!several) {
                        break;
                    }
                }
            }
        }
        unmapped.addAll(free.keySet());
        guessTitle();
    }

    private void claim(String fieldName, String headerName, Map<Integer, String> free) {
        if (!isField(fieldName)) {
            throw new UnreadableImport(
                    "invalid-columns",
                    "columns names the field " + PlanDraft.quoted(fieldName) + ". The fields are " + fields() + ".");
        }
        for (int column = 0; column < header.cells().size(); column++) {
            if (free.containsKey(column)
                    && (header.cell(column).equals(headerName)
                            || normal(headerName).equals(free.get(column)))) {
                columns.put(Field.valueOf(fieldName.toUpperCase(Locale.ROOT)), new ArrayList<>(List.of(column)));
                free.remove(column);
                return;
            }
        }
        throw new UnreadableImport(
                "invalid-columns",
                "columns names " + PlanDraft.quoted(headerName) + ", but the header on line " + header.line() + " has "
                        + CsvTable.names(header) + ".");
    }

    /// Where no header is that of a title, but several others are known, the first free column is it.
    private void guessTitle() {
        if (columns.containsKey(Field.TITLE) || columns.containsKey(Field.KEY)) {
            return;
        }
        if (columns.size() < 2 || unmapped.isEmpty()) {
            throw new UnreadableImport(
                    "no-title-column",
                    "No column of the header on line " + header.line() + " holds titles of tasks. It has "
                            + CsvTable.names(header) + ". Name the column with columns=title:...");
        }
        int column = unmapped.removeFirst();
        columns.put(Field.TITLE, List.of(column));
        draft.report(
                Place.line(header.line()),
                Severity.ADJUSTED,
                "title-column",
                "No column is named as a title. " + PlanDraft.quoted(header.cell(column)) + " was taken.");
    }

    // The first walk

    private void survey(Row row) {
        if (row.line() <= header.line()) {
            return;
        }
        PlanDraft.requireRoom(++rows);
        String title = value(row, Field.TITLE);
        titlesAreNumbers &= title.isEmpty() || NUMBER.matcher(title).matches();
        String status = value(row, Field.STATUS);
        if (!status.isEmpty() && statuses.size() <= MOST_STATUS_SECTIONS) {
            statuses.add(status);
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

    private void decide() {
        Place place = Place.line(header.line());
        List<Integer> keys = columns.getOrDefault(Field.KEY, List.of());
        boolean overridden = draft.options().columns().containsKey(Field.TITLE.text());
        List<Integer> titles = columns.getOrDefault(Field.TITLE, List.of());
        if (!titles.isEmpty() && titlesAreNumbers && !keys.isEmpty() && !overridden) {
            unmapped.addAll(titles);
            unmapped.sort(null);
            columns.remove(Field.TITLE);
        }
        if (!columns.containsKey(Field.TITLE)) {
            draft.report(
                    place,
                    Severity.INFO,
                    "title-column",
                    "No column holds titles. Tasks are named by " + PlanDraft.quoted(header.cell(keys.getFirst()))
                            + ".");
        }
        if (ambiguousLine > 0 && dayFirst == monthFirst) {
            draft.report(
                    Place.line(ambiguousLine),
                    Severity.ADJUSTED,
                    "ambiguous-dates",
                    dayFirst
                            ? "Some dates have the day first, others the month. Those that could be either are kept as"
                                    + " text."
                            : "Dates such as the one on this line could be read in two ways. They were read month"
                                    + " first.");
        }
        statusIsSection =
                !columns.containsKey(Field.SECTION) && !statuses.isEmpty() && statuses.size() <= MOST_STATUS_SECTIONS;
        if (statusIsSection) {
            List<String> last = new ArrayList<>();
            for (String status : statuses) {
                State state = state(status);
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
                    "The values of " + PlanDraft.quoted(header.cell(column(Field.STATUS))) + " became sections.");
        }
        if (!unmapped.isEmpty()) {
            StringJoiner names = new StringJoiner(", ");
            unmapped.forEach(column -> names.add(PlanDraft.quoted(header.cell(column))));
            draft.report(
                    place, Severity.INFO, "further-columns", "Kept as text at the end of descriptions: " + names + ".");
        }
    }

    private DayOrder dayOrder() {
        if (dayFirst) {
            return monthFirst ? DayOrder.UNKNOWN : DayOrder.DAY_FIRST;
        }
        return DayOrder.MONTH_FIRST;
    }

    // The second walk

    private void row(Row written) {
        if (written.line() <= header.line()) {
            return;
        }
        Place place = Place.line(written.line());
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
            if (columns.containsKey(Field.TITLE)) {
                adjusted(place, "untitled", "The row has no title and was named by its key " + PlanDraft.quoted(key));
            }
        }
        dates(row, entry);
        status(row, entry);
        priority(row, entry);
        labels(row, entry);
        section(row, entry);
        keepAsText(row, entry);
        remember(entry, row, key);
        draft.seal(entry);
        parentNames.add(parent(row));
        entries.add(entry);
    }

    private Row mended(Row row, Place place) {
        int fields = row.cells().size();
        int width = header.cells().size();
        if (fields < width) {
            draft.report(
                    place,
                    Severity.INFO,
                    "too-few-fields",
                    "The row has " + fields + " fields where the header has " + width
                            + ". The missing ones were taken as empty.");
        }
        if (fields <= width || (row.width() <= width && isSensible(row))) {
            return row;
        }
        int[] texts = columns.entrySet().stream()
                .filter(entry -> entry.getKey() == Field.TITLE || entry.getKey() == Field.DESCRIPTION)
                .mapToInt(entry -> entry.getValue().getFirst())
                .sorted()
                .toArray();
        Row joined = table.rejoined(row, width, texts, this::isSensible);
        if (joined == null) {
            adjusted(
                    place,
                    "too-many-fields",
                    "The row has " + fields + " fields where the header has " + width
                            + ". The further ones are in the description.");
            return row;
        }
        adjusted(
                place,
                "too-many-fields",
                "The row has more fields than the header: a delimiter was not quoted. The text was joined to "
                        + PlanDraft.quoted(value(joined, Field.TITLE)) + ".");
        return joined;
    }

    /// Whether dates are dates and so on; only asked of rows with too many fields.
    private boolean isSensible(Row row) {
        for (Field field : List.of(Field.START, Field.DUE, Field.COMPLETED)) {
            String value = value(row, field);
            if (!value.isEmpty() && date(value) == null && !WrittenDate.isRecurring(value)) {
                return false;
            }
        }
        String done = normal(value(row, Field.DONE));
        String priority = value(row, Field.PRIORITY);
        return (done.isEmpty() || YES.contains(done) || NO.contains(done) || date(done) != null)
                && (priority.isEmpty() || priority(priority) != null || tickTick(priority) != null)
                && (!columns.containsKey(Field.STATUS)
                        || state(value(row, Field.STATUS)) != State.UNKNOWN
                        || value(row, Field.STATUS).isEmpty()
                        || statuses.contains(value(row, Field.STATUS)));
    }

    private void dates(Row row, Entry entry) {
        entry.startAsWritten = value(row, Field.START);
        entry.start = date(row, Field.START, entry);
        entry.due = date(row, Field.DUE, entry);
        for (Field field : List.of(Field.COMPLETED, Field.DONE)) {
            String written = value(row, field);
            String word = normal(written);
            Instant date = written.isEmpty() ? null : date(written);
            if (YES.contains(word)) {
                entry.done = true;
            } else if (date != null) {
                entry.done = true;
                entry.completedAt = entry.completedAt == null ? date : entry.completedAt;
            } else if (!written.isEmpty() && !NO.contains(word) && !isNothing(written)) {
                State state = field == Field.DONE ? state(written) : State.UNKNOWN;
                entry.done |= state == State.DONE;
                if (state == State.UNKNOWN) {
                    misread(row, field, entry);
                }
            }
        }
    }

    private @Nullable Instant date(Row row, Field field, Entry entry) {
        String written = value(row, field);
        Instant date = written.isEmpty() ? null : date(written);
        if (date == null && !written.isEmpty() && !isNothing(written)) {
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

    private @Nullable Instant date(String written) {
        return WrittenDate.absolute(written, draft.zone(), dayOrder());
    }

    private void status(Row row, Entry entry) {
        String written = value(row, Field.STATUS);
        if (written.isEmpty()) {
            return;
        }
        State state = state(written);
        if (state == State.OPEN && entry.done) {
            entry.done = false;
            adjusted(
                    entry.place,
                    "status-contradicts",
                    "The status " + PlanDraft.quoted(written)
                            + " says open, another column says completed. It is open.");
            for (Field field : List.of(Field.COMPLETED, Field.DONE)) {
                if (!value(row, field).isEmpty()) {
                    entry.below.add(line(column(field), value(row, field)));
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
        } else {
            entry.below.add(line(column(Field.STATUS), written));
        }
    }

    private void priority(Row row, Entry entry) {
        String written = value(row, Field.PRIORITY);
        Priority priority = written.isEmpty() ? Priority.NONE : tickTick ? tickTick(written) : priority(written);
        if (priority == null) {
            misread(row, Field.PRIORITY, entry);
            return;
        }
        entry.priority = priority;
        if (!tickTick
                && !numericPriorities
                && !written.isEmpty()
                && NUMBER.matcher(written).matches()) {
            numericPriorities = true;
            draft.report(
                    entry.place,
                    Severity.INFO,
                    "numeric-priority",
                    "Priorities are numbers. 1 was read as urgent, 2 high, 3 medium, 4 and 5 low, 0 none.");
        }
    }

    private void labels(Row row, Entry entry) {
        for (int column : columns.getOrDefault(Field.LABELS, List.of())) {
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
                    labels.put(name, key);
                    entry.labels.add(key);
                }
            }
        }
    }

    private void section(Row row, Entry entry) {
        for (int column : columns.getOrDefault(Field.SECTION, List.of())) {
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
        if (columns.containsKey(Field.TITLE)) {
            for (int column : columns.getOrDefault(Field.KEY, List.of())) {
                keep(row, column, entry);
            }
        }
        for (int column : unmapped) {
            keep(row, column, entry);
        }
    }

    private void keep(Row row, int column, Entry entry) {
        String value = row.cell(column);
        if (!value.isEmpty()) {
            entry.below.add(line(column, value));
        }
    }

    private void remember(Entry entry, Row row, String key) {
        boolean repeated = false;
        for (int column : columns.getOrDefault(Field.KEY, List.of())) {
            String alias = row.cell(column);
            if (!alias.isEmpty()) {
                repeated |= byKey.putIfAbsent(alias, entries.size()) != null && alias.equals(key);
            }
        }
        if (repeated) {
            draft.report(
                    entry.place,
                    Severity.INFO,
                    "duplicate-key",
                    PlanDraft.quoted(key) + " stands on an earlier line as well. Both are separate tasks.");
        }
        byTitle.merge(entry.title, entries.size(), (one, other) -> -1);
    }

    private String parent(Row row) {
        for (int column : columns.getOrDefault(Field.PARENT, List.of())) {
            String parent = row.cell(column);
            if (!parent.isEmpty() && !isNothing(parent)) {
                return parent;
            }
        }
        return "";
    }

    private void misread(Row row, Field field, Entry entry) {
        String written = value(row, field);
        entry.below.add(line(column(field), written));
        adjusted(
                entry.place,
                "unknown-" + (field == Field.PRIORITY ? "priority" : "date"),
                "The value " + PlanDraft.quoted(written) + " of " + PlanDraft.quoted(header.cell(column(field)))
                        + " was not understood. It is kept in the description.");
    }

    // Sub-tasks

    /// Adds the tasks to the plan, sub-tasks after their parents. A circle of parents is opened where
    /// it was entered, and what is nested too deep moves up.
    private void nest() {
        int[] parents = new int[entries.size()];
        List<List<Integer>> children = new ArrayList<>();
        for (int index = 0; index < parents.length; index++) {
            parents[index] = parentOf(index);
            children.add(List.of());
        }
        openCircles(parents);
        List<Integer> stack = new ArrayList<>();
        for (int index = parents.length - 1; index >= 0; index--) {
            if (parents[index] < 0) {
                stack.add(index);
            } else {
                if (children.get(parents[index]).isEmpty()) {
                    children.set(parents[index], new ArrayList<>());
                }
                children.get(parents[index]).add(index);
            }
        }
        String[] keys = new String[parents.length];
        int[] depths = new int[parents.length];
        while (!stack.isEmpty()) {
            int index = stack.removeLast();
            Entry entry = entries.get(index);
            int parent = parents[index];
            if (parent >= 0) {
                if (depths[parent] == ImportPlan.MAX_DEPTH) {
                    parent = parents[parent];
                    parents[index] = parent;
                    adjusted(entry.place, "nested-too-deep", "The task is nested too deep. It moved up.");
                }
                depths[index] = depths[parent] + 1;
                entry.parent = keys[parent];
                if (entry.section == null) {
                    entry.section = entries.get(parent).section;
                }
            }
            keys[index] = draft.add(entry);
            stack.addAll(children.get(index));
        }
    }

    private int parentOf(int index) {
        String name = parentNames.get(index);
        if (name.isEmpty()) {
            return -1;
        }
        int parent = byKey.getOrDefault(name, byTitle.getOrDefault(name, -1));
        if (parent < 0 || parent == index) {
            detach(index, "is not in the file, or not only once");
            return -1;
        }
        return parent;
    }

    private void openCircles(int[] parents) {
        int[] walk = new int[parents.length];
        for (int index = 0; index < parents.length; index++) {
            int at = index;
            int before = -1;
            while (at >= 0 && walk[at] == 0) {
                walk[at] = index + 1;
                before = at;
                at = parents[at];
            }
            if (at >= 0 && walk[at] == index + 1 && before >= 0) {
                parents[before] = -1;
                detach(before, "is at the same time its sub-task");
            }
        }
    }

    private void detach(int index, String why) {
        Entry entry = entries.get(index);
        String name = parentNames.get(index);
        entry.below.add("Parent: " + name);
        adjusted(
                entry.place,
                "unknown-parent",
                "The parent " + PlanDraft.quoted(name) + " " + why + ". The task stands on its own.");
    }

    // Words

    private @Nullable String section(String name, Place place) {
        String known = sections.get(name);
        if (known == null) {
            known = draft.section(name, false, place);
            if (known != null) {
                sections.put(name, known);
            }
        }
        return known;
    }

    /// Whether a cell only says that there is nothing.
    private static boolean isNothing(String written) {
        String word = normal(written);
        return word.isEmpty() || NOTHING.contains(word);
    }

    private static State state(String written) {
        String word = normal(written);
        if (DONE.contains(word)) {
            return State.DONE;
        }
        if (ENDED.contains(word)) {
            return State.ENDED;
        }
        return OPEN.contains(word) ? State.OPEN : State.UNKNOWN;
    }

    private static @Nullable Priority priority(String written) {
        String word = normal(written);
        Priority known = PRIORITIES.get(word);
        return known != null
                ? known
                : PRIORITIES.get(NOT_WORDS.matcher(word).replaceAll("").strip());
    }

    /// TickTick counts its priorities upwards.
    private static @Nullable Priority tickTick(String written) {
        return switch (written) {
            case "0" -> Priority.NONE;
            case "1" -> Priority.LOW;
            case "3" -> Priority.MEDIUM;
            case "5" -> Priority.HIGH;
            default -> null;
        };
    }

    /// Headers and words as they are compared: small letters, no accents, one kind of gap.
    private static String normal(String written) {
        if (written.length() > 200) {
            return written;
        }
        String bare = IN_BRACKETS.matcher(written).replaceFirst("");
        String spaced = CAMEL.matcher(bare.isEmpty() ? written : bare).replaceAll(" ");
        String plain =
                MARKS.matcher(Normalizer.normalize(spaced, Normalizer.Form.NFD)).replaceAll("");
        return GAPS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    private static Set<String> words(String words) {
        return Set.of(words.split("\\|", -1));
    }

    private static Map<Field, Set<String>> headers() {
        Map<Field, Set<String>> headers = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            headers.put(field, new LinkedHashSet<>(List.of(field.headers.split("\\|", -1))));
        }
        return headers;
    }

    private static Map<String, Priority> priorities() {
        Map<Priority, String> words = Map.of(
                Priority.NONE,
                "none|no priority|0|keine|aucune|ninguna|nenhuma|unset",
                Priority.LOW,
                "low|lowest|lower|minor|trivial|p4|p5|4|5|niedrig|gering|basse|faible|baja|baixa|very low",
                Priority.MEDIUM,
                "medium|normal|moderate|average|p3|3|mittel|moyenne|normale|media|medio",
                Priority.HIGH,
                "high|higher|major|important|p2|2|hoch|haute|elevee|alta",
                Priority.URGENT,
                "urgent|highest|critical|blocker|immediate|very high|asap|p1|p0|1|dringend|sehr hoch|urgente|critique"
                        + "|critico|critica");
        Map<String, Priority> priorities = new HashMap<>();
        words.forEach((priority, names) -> {
            for (String name : names.split("\\|", -1)) {
                priorities.put(name, priority);
            }
        });
        return Map.copyOf(priorities);
    }

    private String line(int column, String value) {
        String name = header.cell(column);
        return (name.isEmpty() ? "Column " + (column + 1) : PlanDraft.cut(name, HEADER_SHOWN)) + ": " + value;
    }

    private int column(Field field) {
        List<Integer> found = columns.get(field);
        return found == null ? -1 : found.getFirst();
    }

    private String value(Row row, Field field) {
        return row.cell(column(field));
    }

    private void adjusted(Place place, String code, String detail) {
        draft.report(place, Severity.ADJUSTED, code, detail);
    }

    /// Tells about a word of a column only where it stands first.
    private void once(Field field, String word, Place place, Severity severity, String detail) {
        Set<String> words = reported.computeIfAbsent(field, any -> new LinkedHashSet<>());
        if (words.size() < 1000 && words.add(word)) {
            draft.report(place, severity, "unknown-" + field.text(), detail);
        }
    }
}
