package tarn.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Color;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.Entry;
import tarn.imports.PlanDraft.SourceLocation;

/// Reads Todoist's labels: `@label` in titles, and names in the label column.
final class TodoistLabels {
    private static final Pattern LABEL = Pattern.compile("(?<!\\S)@([^\\s@]\\S*)");
    private static final Pattern SEPARATORS = Pattern.compile("[,;\n]|\\s(?=@)");

    private final PlanDraft draft;
    private final Map<String, String> keys = new HashMap<>();

    TodoistLabels(PlanDraft draft) {
        this.draft = draft;
    }

    /// Adds the labels of a title and removes those at its end; labels within a sentence stay in
    /// it.
    void title(Entry task, String content) {
        String title = content;
        if (title.startsWith("* ")) {
            title = title.substring(2);
            draft.report(
                    task.place,
                    Severity.INFO,
                    "uncheckable",
                    "In Todoist the task cannot be checked off. Here it is a task like others.");
        }
        Matcher label = LABEL.matcher(title);
        while (label.find()) {
            String name = label.group(1).replaceFirst("[,.;:!?)]{1,9}$", "");
            if (name.length() > 100) {
                draft.report(
                        task.place,
                        Severity.ADJUSTED,
                        "label-too-long",
                        "A label has more than 100 characters. It stays in the text: " + PlanDraft.quoted(content));
                task.title = title;
                return;
            }
            String key = name.isEmpty() ? null : label(name, task.place);
            if (key != null) {
                task.labels.add(key);
            } else if (!name.isEmpty()) {
                task.below.add("Label: " + name);
            }
        }
        String rest = withoutLabelsAtEnd(title);
        task.title = rest.isEmpty() ? title : rest;
    }

    private @Nullable String label(String name, SourceLocation place) {
        String known = keys.get(name);
        if (known == null) {
            known = draft.label(name, Color.GRAY, place);
            if (known != null) {
                keys.put(name, known);
                draft.retain(name);
            }
        }
        return known;
    }

    private static String withoutLabelsAtEnd(String title) {
        int end = title.length();
        while (true) {
            int space = end;
            while (space > 0 && !Character.isWhitespace(title.charAt(space - 1))) {
                space--;
            }
            boolean label = end - space > 1 && title.charAt(space) == '@' && title.charAt(space + 1) != '@';
            if (!label) {
                return title.substring(0, end);
            }
            end = space;
            while (end > 0 && Character.isWhitespace(title.charAt(end - 1))) {
                end--;
            }
        }
    }

    /// Adds the labels of the label column.
    void column(Entry task, String written) {
        for (String part : SEPARATORS.split(written, -1)) {
            String name = part.strip().replaceFirst("^@", "");
            String key = name.isEmpty() ? null : label(name, task.place);
            if (key != null) {
                task.labels.add(key);
            } else if (!name.isEmpty()) {
                task.below.add("Label: " + name);
            }
        }
    }
}
