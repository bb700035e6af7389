package tarn.imports;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Color;
import tarn.imports.ImportPlan.Item;
import tarn.imports.ImportPlan.Label;
import tarn.imports.ImportPlan.Priority;
import tarn.imports.ImportPlan.ReportLine;
import tarn.imports.ImportPlan.Section;
import tarn.imports.ImportPlan.Severity;
import tarn.platform.Invisible;

/// A mutable plan shared by all formats: enforces limits, cleans texts and collects the report.
final class PlanDraft {
    private static final int PROJECT_NAME = 200;
    private static final int PROJECT_DESCRIPTION = 20_000;
    private static final int SECTION_NAME = 300;
    private static final int LABEL_NAME = 100;
    private static final int TITLE = 500;
    private static final int DESCRIPTION = 50_000;
    private static final int LINE_DETAIL = 500;
    private static final int AUTHOR = 200;
    private static final int COMMENT = 19_000;

    /// Characters of a name that are cleaned before it is cut.
    private static final int MAX_CLEANED_NAME = 5_000;

    private static final String UNTITLED = "Untitled";

    /// Bytes of memory for all texts that are in no file.
    private static final long MAX_TEXT_BYTES = 32 * 1024 * 1024;

    /// Bytes of a string in memory without its characters.
    private static final int STRING_OVERHEAD = 56;

    /// A location in the file.
    record SourceLocation(@Nullable Integer line, @Nullable String path) {
        static final SourceLocation FILE = new SourceLocation(null, null);

        static SourceLocation line(int line) {
            return new SourceLocation(line, null);
        }

        static SourceLocation path(String path) {
            return new SourceLocation(null, path);
        }
    }

    /// An item being read, whose description is joined from the notes above, the text and the notes
    /// below.
    static final class Entry {
        final SourceLocation place;
        final ArrayList<String> above = new ArrayList<>();
        final ArrayList<String> below = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        Set<String> labels = new LinkedHashSet<>();
        String title = "";

        @Nullable
        String section;

        @Nullable
        String parent;

        boolean done;

        @Nullable
        Instant completedAt;

        boolean archived;
        Priority priority = Priority.NONE;

        @Nullable
        ImportDate start;

        String startAsWritten = "";

        @Nullable
        ImportDate due;

        /// Null until added.
        private @Nullable String key;

        /// Null until sealed.
        private @Nullable PlanText description;

        /// The title as it will be; null until sealed.
        private @Nullable PlanText name;

        private List<String> labelKeys = List.of();

        Entry(SourceLocation place) {
            this.place = place;
        }

        /// Gives back the memory of what has become the description. Many entries wait for their parents.
        private void release() {
            above.clear();
            above.trimToSize();
            below.clear();
            below.trimToSize();
            text.setLength(0);
            text.trimToSize();
        }

        /// Adds to the text; what lies far behind the limit of a description is not kept.
        void paragraph(String paragraph) {
            appendBounded(text, paragraph, 2 * DESCRIPTION);
        }
    }

    /// A comment on an entry.
    private record WrittenComment(
            Entry entry, String author, @Nullable Instant writtenAt, PlanText text) {

        Instant time() {
            Instant time = writtenAt;
            return time == null ? Instant.MIN : time;
        }
    }

    private final ImportReader.Options options;
    private final PlanTexts texts;
    private final List<Section> sections = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private final Map<String, String> labelNames = new HashMap<>();
    private final List<Item> items = new ArrayList<>();
    private final List<WrittenComment> comments = new ArrayList<>();
    private final ReportLines lines;
    private int leftOut;
    private long textBytes;
    private boolean sectionsFull;
    private boolean labelsFull;

    /// @param texts where titles, descriptions and comments are kept
    PlanDraft(ImportReader.Options options, PlanTexts texts) {
        this.options = options;
        this.texts = texts;
        this.lines = new ReportLines(texts);
    }

    ImportReader.Options options() {
        return options;
    }

    ZoneId zone() {
        return options.zone();
    }

    void report(SourceLocation place, Severity severity, String code, String detail) {
        count(place, severity, code, detail, severity == Severity.LEFT_OUT ? 1 : 0);
    }

    /// Reports several things that are not in the plan, on one line.
    void leftOut(SourceLocation place, String code, String detail, int things) {
        count(place, Severity.LEFT_OUT, code, detail, things);
    }

    private void count(SourceLocation place, Severity severity, String code, String detail, int things) {
        leftOut += things;
        lines.add(new ReportLine(place.line(), place.path(), severity, code, cut(storable(detail), LINE_DETAIL)));
    }

    /// Adds a section; returns its key, or null when there are too many.
    @Nullable
    String section(String name, boolean archived, SourceLocation place) {
        if (sections.size() == ImportPlan.MAX_SECTIONS) {
            if (!sectionsFull) {
                report(
                        place,
                        Severity.LEFT_OUT,
                        "too-many-sections",
                        "Only the first " + ImportPlan.MAX_SECTIONS
                                + " sections are imported. The tasks of the others stand in no section.");
            }
            sectionsFull = true;
            return null;
        }
        String whole = cleanName(name, place);
        if (length(whole) > SECTION_NAME) {
            report(place, Severity.ADJUSTED, "name-cut", "The name of a section was cut. It was: " + quoted(whole));
        }
        Section section = new Section(
                "section-" + (sections.size() + 1), visible(cut(whole, SECTION_NAME), "section", place), archived);
        sections.add(section);
        return section.key();
    }

    /// Adds a label; returns its key, or null when there are too many.
    @Nullable
    String label(String name, Color color, SourceLocation place) {
        if (labels.size() == ImportPlan.MAX_LABELS) {
            if (!labelsFull) {
                report(
                        place,
                        Severity.LEFT_OUT,
                        "too-many-labels",
                        "Only the first " + ImportPlan.MAX_LABELS + " labels are imported.");
            }
            labelsFull = true;
            return null;
        }
        String whole = cleanName(name, place);
        if (length(whole) > LABEL_NAME) {
            report(place, Severity.ADJUSTED, "name-cut", "The name of a label was cut. It was: " + quoted(whole));
        }
        Label label = new Label("label-" + (labels.size() + 1), cut(whole, LABEL_NAME), color);
        labels.add(label);
        labelNames.put(label.key(), label.name());
        return label.key();
    }

    /// Joins the texts of an entry within the limits and frees their parts and its title.
    ///
    /// @throws UnreadableImport when the plan's texts exceed their limit
    void seal(Entry entry) {
        String whole = clean(entry.title, entry.place).strip();
        String line = oneLine(whole);
        if (length(line) > TITLE) {
            entry.above.addFirst(whole);
            report(
                    entry.place,
                    Severity.ADJUSTED,
                    "title-cut",
                    "The title has more than " + TITLE
                            + " characters. It was cut; the whole of it begins the description of "
                            + quoted(line) + ".");
        } else if (!line.equals(whole)) {
            entry.above.addFirst(whole);
            report(
                    entry.place,
                    Severity.ADJUSTED,
                    "title-lines",
                    "The title " + quoted(line) + " had several lines. They begin the description as they were.");
        }
        entry.title = visible(cut(cleanName(line, entry.place), TITLE), "title", entry.place);
        keepStartBeforeDue(entry);
        limitLabels(entry);
        StringBuilder description = new StringBuilder();
        append(description, joined(entry.above));
        append(description, entry.text.toString().strip());
        append(description, joined(entry.below));
        entry.labelKeys = List.copyOf(entry.labels);
        entry.labels = Set.of();
        entry.release();
        String text = cleanLines(description.toString(), entry.place);
        if (length(text) > DESCRIPTION) {
            report(
                    entry.place,
                    Severity.LEFT_OUT,
                    "description-cut",
                    "The description of " + quoted(entry.title) + " was cut at " + DESCRIPTION + " characters.");
            text = cut(text, DESCRIPTION);
        }
        entry.description = keep(text);
        entry.name = keep(entry.title);
        entry.title = "";
    }

    private PlanText keep(String text) {
        if (!texts.isInFile()) {
            retain(text);
        }
        return texts.keep(text);
    }

    /// Counts a text that stays in memory.
    ///
    /// @throws UnreadableImport when the plan's texts exceed their limit
    void retain(String text) {
        textBytes += STRING_OVERHEAD + (isLatin1(text) ? text.length() : 2L * text.length());
        if (textBytes > MAX_TEXT_BYTES) {
            throw new UnreadableImport(
                    "too-large",
                    (texts.isInFile() ? "The names, keys and check items" : "The texts")
                            + " of the file need more than " + MAX_TEXT_BYTES / (1024 * 1024)
                            + " MB of memory together. Split it.");
        }
    }

    /// Joins lines, dropping text far beyond the limit of a description.
    private static String joined(List<String> lines) {
        StringBuilder joined = new StringBuilder();
        for (String line : lines) {
            if (joined.length() > 2 * DESCRIPTION) {
                break;
            }
            joined.append(joined.isEmpty() ? "" : "\n").append(line, 0, Math.min(line.length(), 2 * DESCRIPTION + 1));
        }
        return joined.toString();
    }

    /// Appends a paragraph unless the text has passed its limit.
    static void appendBounded(StringBuilder text, String paragraph, int limit) {
        if (text.length() <= limit) {
            append(text, paragraph.substring(0, Math.min(paragraph.length(), limit + 1)));
        }
    }

    /// Whether a string takes one byte per character in memory instead of two.
    private static boolean isLatin1(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    /// Adds an item at the end of its section or parent.
    ///
    /// @return its key
    /// @throws UnreadableImport when there are too many
    String add(Entry entry) {
        requireRoom(items.size() + 1);
        if (entry.description == null || entry.name == null) {
            seal(entry);
        }
        Item item = new Item(
                "item-" + (items.size() + 1),
                entry.section,
                entry.parent,
                entry.name == null ? keep(UNTITLED) : entry.name,
                description(entry),
                entry.done,
                entry.done ? entry.completedAt : null,
                entry.archived,
                entry.priority,
                entry.start,
                entry.due,
                entry.labelKeys);
        items.add(item);
        entry.key = item.key();
        return item.key();
    }

    /// The description with what was noted after it was sealed.
    private PlanText description(Entry entry) {
        PlanText description = entry.description == null ? keep("") : entry.description;
        String added = clean(joined(entry.below), entry.place);
        entry.release();
        if (added.isEmpty()) {
            return description;
        }
        String text = description.read();
        return keep(cut(text + (text.isEmpty() ? "" : "\n") + added, DESCRIPTION));
    }

    /// Adds a comment on an entry; false when there are too many.
    boolean comment(Entry entry, String author, @Nullable Instant writtenAt, String text, SourceLocation place) {
        if (comments.size() == ImportPlan.MAX_COMMENTS) {
            return false;
        }
        String whole = cleanLines(text.strip(), place);
        if (length(whole) > COMMENT) {
            report(place, Severity.LEFT_OUT, "comment-cut", "A comment was cut at " + COMMENT + " characters.");
        }
        String name = cut(cleanName(author, place), AUTHOR);
        retain(name);
        comments.add(new WrittenComment(
                entry, isVisible(name) ? name : "Unknown user", writtenAt, keep(cut(whole, COMMENT))));
        return true;
    }

    /// Comments on items, oldest first.
    private List<ImportPlan.Comment> comments() {
        comments.sort(Comparator.comparing(WrittenComment::time));
        List<ImportPlan.Comment> all = new ArrayList<>();
        for (WrittenComment comment : comments) {
            String key = comment.entry().key;
            if (key != null) {
                all.add(new ImportPlan.Comment(key, comment.author(), comment.writtenAt(), comment.text()));
            }
        }
        return all;
    }

    static void requireRoom(int items) {
        if (items > ImportPlan.MAX_ITEMS) {
            throw new UnreadableImport(
                    "too-many-items", "The file has more than " + ImportPlan.MAX_ITEMS + " tasks. Split it.");
        }
    }

    private void limitLabels(Entry entry) {
        if (entry.labels.size() <= ImportPlan.MAX_TASK_LABELS) {
            return;
        }
        List<String> keys = List.copyOf(entry.labels);
        for (String key : keys.subList(ImportPlan.MAX_TASK_LABELS, keys.size())) {
            entry.labels.remove(key);
            entry.below.add("Label: " + labelNames.get(key));
        }
        report(
                entry.place,
                Severity.ADJUSTED,
                "too-many-labels",
                quoted(entry.title) + " has " + keys.size() + " labels. The first " + ImportPlan.MAX_TASK_LABELS
                        + " are kept, the others are in the description.");
    }

    private void keepStartBeforeDue(Entry entry) {
        if (entry.start != null && entry.due != null && entry.start.isAfter(entry.due, zone())) {
            String start = entry.startAsWritten.isEmpty() ? entry.start.toString() : entry.startAsWritten;
            entry.below.add("Start: " + start);
            entry.start = null;
            report(
                    entry.place,
                    Severity.ADJUSTED,
                    "start-after-due",
                    "The start of " + quoted(entry.title) + " lies after its due date. It is kept as text.");
        }
    }

    /// Builds the plan.
    ///
    /// @param name from the file; may be blank
    ImportPlan plan(ImportFormat format, String name, String description) {
        String text = cleanLines(description.strip(), SourceLocation.FILE);
        if (length(text) > PROJECT_DESCRIPTION) {
            report(
                    SourceLocation.FILE,
                    Severity.LEFT_OUT,
                    "description-cut",
                    "The project's description was cut at " + PROJECT_DESCRIPTION + " characters.");
        }
        return new ImportPlan(
                format,
                projectName(name),
                cut(text, PROJECT_DESCRIPTION),
                sections,
                labels,
                items,
                comments(),
                lines.lines(),
                lines.count(),
                leftOut);
    }

    private String projectName(String inFile) {
        String wanted = options.name();
        for (String candidate : List.of(wanted == null ? "" : wanted, inFile, baseName(options.fileName()))) {
            String name = cleanName(candidate, SourceLocation.FILE);
            if (isVisible(name)) {
                if (length(name) > PROJECT_NAME) {
                    report(
                            SourceLocation.FILE,
                            Severity.ADJUSTED,
                            "name-cut",
                            "The name of the project was cut. It was: " + quoted(name));
                }
                return cut(name, PROJECT_NAME);
            }
        }
        return "Imported project";
    }

    /// The file name without extension and Todoist's number: `Home [220341].csv` becomes `Home`.
    private static String baseName(@Nullable String fileName) {
        if (fileName == null || fileName.length() > 1000) {
            return "";
        }
        String name = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        return (dot >= 0 ? name.substring(0, dot) : name).replaceFirst(" ?\\[\\d{1,30}]$", "");
    }

    /// The text without characters that cannot be stored; reports a replacement.
    private String clean(String text, SourceLocation place) {
        String clean = storable(text);
        if (!clean.equals(text)) {
            report(
                    place,
                    Severity.ADJUSTED,
                    "characters-replaced",
                    "Characters that cannot be stored (NUL or half a character) were replaced by \uFFFD.");
        }
        return clean;
    }

    /// Multi-line text as the API accepts it, without harmful control characters.
    private String cleanLines(String text, SourceLocation place) {
        String lines = clean(unixLines(text), place);
        if (lines.codePoints().noneMatch(PlanDraft::isHarmful)) {
            return lines;
        }
        report(
                place,
                Severity.ADJUSTED,
                "characters-replaced",
                "Control characters in a description were replaced by \uFFFD.");
        StringBuilder clean = new StringBuilder(lines.length());
        lines.codePoints().forEach(point -> clean.appendCodePoint(isHarmful(point) ? 0xFFFD : point));
        return clean.toString();
    }

    private static boolean isHarmful(int point) {
        boolean layout = point == '\t' || point == '\n';
        return (Character.isISOControl(point) && !layout) || point == 0x202D || point == 0x202E;
    }

    /// A name or title as the API accepts it: one line in NFC without invisible characters.
    private String cleanName(String text, SourceLocation place) {
        String line = oneLine(clean(text, place));
        String clean = Invisible.cleaned(cut(line, MAX_CLEANED_NAME));
        if (!clean.isEmpty() && !clean.equals(Invisible.normalized(cut(line, MAX_CLEANED_NAME)))) {
            report(
                    place,
                    Severity.ADJUSTED,
                    "characters-replaced",
                    "Invisible characters were left out of " + quoted(clean) + ".");
        }
        return clean;
    }

    private String visible(String text, String what, SourceLocation place) {
        if (isVisible(text)) {
            return text;
        }
        report(place, Severity.ADJUSTED, "untitled", "A " + what + " without visible characters became Untitled.");
        return UNTITLED;
    }

    private static void append(StringBuilder text, String paragraph) {
        if (!paragraph.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n\n").append(paragraph);
        }
    }

    /// The text without NUL and lone surrogates, which PostgreSQL cannot store.
    static String storable(String text) {
        StringBuilder clean = null;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean pair = Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (pair) {
                at++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                clean = clean == null ? new StringBuilder(text) : clean;
                clean.setCharAt(at, '\uFFFD');
            }
        }
        return clean == null ? text : clean.toString();
    }

    /// Whether the text has a visible character.
    static boolean isVisible(String text) {
        return text.codePoints().anyMatch(Invisible::shows);
    }

    /// A short, single-line quotation for a report line.
    static String quoted(String text) {
        return "“" + cut(oneLine(text.length() > 1000 ? text.substring(0, 1000) : text), 120) + "”";
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean gap = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean lineBreak = c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u0085' || c == '\t';
            if (lineBreak) {
                gap = true;
            } else {
                if (gap && !line.isEmpty()) {
                    line.append(' ');
                }
                gap = false;
                line.append(c);
            }
        }
        return line.toString().strip();
    }

    private static String unixLines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// The text cut to a number of code points, with an ellipsis at the end of a cut.
    static String cut(String text, int codePoints) {
        if (text.length() <= codePoints || length(text) <= codePoints) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, codePoints - 1)) + "…";
    }
}
