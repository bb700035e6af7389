package tarn.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.Entry;

/// Builds the task tree of a CSV table, whose rows name their parent by key or title, also before
/// the parent's own row; cuts cycles, and moves up what is nested more than 8 levels deep.
final class CsvHierarchy {
    private final PlanDraft draft;
    private final boolean hasParents;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> parentNames = new ArrayList<>();
    private final Map<String, Integer> byKey = new HashMap<>();
    private final Map<String, Integer> byTitle = new HashMap<>();

    /// @param hasParents whether rows name parents; else no titles are remembered
    CsvHierarchy(PlanDraft draft, boolean hasParents) {
        this.draft = draft;
        this.hasParents = hasParents;
    }

    /// Adds a row.
    ///
    /// @param title by which other rows may refer to it
    /// @param keys further names, its own first
    /// @param parent key or title of the parent; empty for none
    void add(Entry entry, String title, List<String> keys, String parent) {
        boolean repeated = false;
        for (String key : keys) {
            draft.retain(key);
            repeated |= byKey.putIfAbsent(key, entries.size()) != null && key.equals(keys.getFirst());
        }
        if (repeated) {
            draft.report(
                    entry.place,
                    Severity.INFO,
                    "duplicate-key",
                    PlanDraft.quoted(keys.getFirst()) + " stands on an earlier line as well. Both are separate tasks.");
        }
        if (hasParents) {
            draft.retain(title);
            draft.retain(parent);
            byTitle.merge(title, entries.size(), (one, other) -> -1);
        }
        parentNames.add(parent);
        entries.add(entry);
    }

    /// Adds the tasks to the plan, parents first. Cycles are cut where they were entered; tasks
    /// nested too deep move up.
    void addToPlan() {
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
                    draft.report(
                            entry.place,
                            Severity.ADJUSTED,
                            "nested-too-deep",
                            "The task is nested too deep. It moved up.");
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
        String line = "Parent: " + name;
        draft.retain(line);
        entry.below.add(line);
        draft.report(
                entry.place,
                Severity.ADJUSTED,
                "unknown-parent",
                "The parent " + PlanDraft.quoted(name) + " " + why + ". The task stands on its own.");
    }
}
