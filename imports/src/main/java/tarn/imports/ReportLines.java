package tarn.imports;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tarn.imports.ImportPlan.ReportLine;
import tarn.imports.ImportPlan.Severity;

/// The lines of an import report, kept with the texts of the plan and read from there when they are
/// wanted.
///
/// At most [ImportPlan#MAX_LINES] in a file, [ImportPlan#MAX_LINES_IN_MEMORY] in memory; when full, a
/// more severe line replaces a less severe one.
final class ReportLines {

    private static final char SEPARATOR = '\0';
    private static final String PATH = "/";

    private final PlanTexts texts;
    private final int most;
    private final Map<Severity, Positions> kept = new EnumMap<>(Severity.class);
    private int count;

    ReportLines(PlanTexts texts) {
        this.texts = texts;
        this.most = texts.isInFile() ? ImportPlan.MAX_LINES : ImportPlan.MAX_LINES_IN_MEMORY;
        for (Severity severity : Severity.values()) {
            kept.put(severity, new Positions());
        }
    }

    void add(ReportLine line) {
        count++;
        if (size() < most || dropLighterThan(line.severity())) {
            long position = texts.append(written(line));
            if (position >= 0) {
                of(line.severity()).add(position);
            }
        }
    }

    /// Drops the last of the least severe lines; false when none is less severe.
    private boolean dropLighterThan(Severity severity) {
        for (Severity lighter : List.of(Severity.INFO, Severity.ADJUSTED)) {
            if (lighter.compareTo(severity) > 0 && of(lighter).size > 0) {
                texts.drop(of(lighter).removeLast());
                return true;
            }
        }
        return false;
    }

    /// The lines, most severe first, then in the order added.
    List<ReportLine> lines() {
        return new KeptLines();
    }

    /// Number of lines added, including those dropped.
    int count() {
        return count;
    }

    private int size() {
        return kept.values().stream().mapToInt(positions -> positions.size).sum();
    }

    private Positions of(Severity severity) {
        return Objects.requireNonNull(kept.get(severity));
    }

    private static String written(ReportLine line) {
        return Objects.toString(line.line(), "")
                + SEPARATOR
                + (line.path() == null ? "" : PATH + line.path())
                + SEPARATOR
                + line.code()
                + SEPARATOR
                + line.detail();
    }

    private static ReportLine read(Severity severity, String written) {
        String[] parts = written.split(String.valueOf(SEPARATOR), 4);
        return new ReportLine(
                parts[0].isEmpty() ? null : Integer.valueOf(parts[0]),
                parts[1].isEmpty() ? null : parts[1].substring(PATH.length()),
                severity,
                parts[2],
                parts[3]);
    }

    /// The finished report; a list that is not copied into memory.
    final class KeptLines extends AbstractList<ReportLine> {

        private KeptLines() {}

        @Override
        public ReportLine get(int index) {
            int rest = Objects.checkIndex(index, size());
            for (Severity severity : Severity.values()) {
                Positions positions = of(severity);
                if (rest < positions.size) {
                    return read(severity, texts.at(positions.values[rest]));
                }
                rest -= positions.size;
            }
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public int size() {
            return ReportLines.this.size();
        }
    }

    /// Where the lines of a severity are kept.
    private static final class Positions {
        private long[] values = new long[16];
        private int size;

        void add(long position) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = position;
        }

        long removeLast() {
            return values[--size];
        }
    }
}
