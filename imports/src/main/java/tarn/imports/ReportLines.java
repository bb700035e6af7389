package tarn.imports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tarn.imports.ImportPlan.ReportLine;
import tarn.imports.ImportPlan.Severity;

/// The lines of an import report, at most [ImportPlan#MAX_LINES]; when full, a more severe line
/// replaces a less severe one.
final class ReportLines {
    private final List<ReportLine> lines = new ArrayList<>();
    private final Map<Severity, Integer> kept = new EnumMap<>(Severity.class);
    private int count;

    void add(ReportLine line) {
        count++;
        if (lines.size() < ImportPlan.MAX_LINES || dropLighterThan(line.severity())) {
            lines.add(line);
            kept.merge(line.severity(), 1, Integer::sum);
        }
    }

    /// Drops the last of the least severe lines; false when none is less severe.
    private boolean dropLighterThan(Severity severity) {
        for (Severity lighter : List.of(Severity.INFO, Severity.ADJUSTED)) {
            boolean none = kept.getOrDefault(lighter, 0) == 0;
            if (none || lighter.compareTo(severity) <= 0) {
                continue;
            }
            for (int at = lines.size() - 1; at >= 0; at--) {
                if (lines.get(at).severity() == lighter) {
                    lines.remove(at);
                    kept.merge(lighter, -1, Integer::sum);
                    return true;
                }
            }
        }
        return false;
    }

    /// The lines in the order added.
    List<ReportLine> lines() {
        return lines;
    }

    /// Number of lines added, including those dropped.
    int count() {
        return count;
    }
}
