package tarn.imports;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.SourceLocation;

/// Collects the view and date settings of a Todoist export, which the plan does not keep, and
/// reports them on one line.
final class TodoistSettings {
    private static final Set<String> COLUMNS = Set.of("DATE_LANG", "DEADLINE_LANG", "TIMEZONE", "IS_COLLAPSED");
    private static final int MAX_VALUES = 10;

    private final Map<String, Set<String>> values = new LinkedHashMap<>();

    static boolean has(String column) {
        return COLUMNS.contains(column);
    }

    void add(String name, String value) {
        Set<String> known = values.computeIfAbsent(name, any -> new LinkedHashSet<>());
        if (!value.isEmpty() && known.size() < MAX_VALUES) {
            known.add(PlanDraft.quoted(value));
        }
    }

    void report(PlanDraft draft, SourceLocation place) {
        StringJoiner settings = new StringJoiner("; ");
        values.forEach((name, known) -> {
            if (!known.isEmpty()) {
                settings.add(name + " " + String.join(", ", known));
            }
        });
        if (settings.length() > 0) {
            draft.report(
                    place,
                    Severity.INFO,
                    "settings",
                    "Only used to understand dates, or not needed here: " + settings + ".");
        }
    }
}
