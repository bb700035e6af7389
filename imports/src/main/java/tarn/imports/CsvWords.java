package tarn.imports;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Priority;

/// Maps words and numbers in cells to a status, priority or boolean, in several languages and
/// TickTick's notation.
final class CsvWords {

    /// The meaning of a status.
    enum State {
        OPEN,
        DONE,
        /// Done, but not as it was meant.
        ENDED,
        UNKNOWN
    }

    private static final ImportWords STATUSES = ImportWords.of("statuses");
    private static final Set<String> OPEN = STATUSES.normal("open");
    private static final Set<String> DONE = STATUSES.normal("done");
    private static final Set<String> ENDED = STATUSES.normal("ended");
    private static final Set<String> YES = STATUSES.normal("yes");
    private static final Set<String> NO = STATUSES.normal("no");
    private static final Set<String> NOTHING = STATUSES.normal("nothing");
    private static final Map<String, Priority> PRIORITIES = priorities();
    private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L} ]+");

    private final boolean isTickTick;

    /// @param isTickTick whether statuses and priorities are the numbers of TickTick
    CsvWords(boolean isTickTick) {
        this.isTickTick = isTickTick;
    }

    State state(String written) {
        return isTickTick ? tickTickState(written) : stateInWords(written);
    }

    /// The number codes that TickTick's preamble explains.
    private static State tickTickState(String written) {
        return switch (written) {
            case "0" -> State.OPEN;
            case "1", "2" -> State.DONE;
            case "-1" -> State.ENDED;
            default -> stateInWords(written);
        };
    }

    private static State stateInWords(String written) {
        String word = ImportWords.normalized(written);
        if (DONE.contains(word)) {
            return State.DONE;
        }
        if (ENDED.contains(word)) {
            return State.ENDED;
        }
        return OPEN.contains(word) ? State.OPEN : State.UNKNOWN;
    }

    /// The priority; null for unknown words.
    @Nullable
    Priority priority(String written) {
        return isTickTick ? tickTickPriority(written) : priorityInWords(written);
    }

    /// Whether the text is only a priority.
    boolean isNoMoreThanPriority(String written) {
        return isTickTick || PRIORITIES.containsKey(ImportWords.normalizedWhole(written));
    }

    private static @Nullable Priority priorityInWords(String written) {
        String word = ImportWords.normalized(written);
        Priority known = PRIORITIES.get(word);
        return known != null
                ? known
                : PRIORITIES.get(NOT_WORDS.matcher(word).replaceAll("").strip());
    }

    /// TickTick's numbers, where a higher number is a higher priority.
    private static @Nullable Priority tickTickPriority(String written) {
        return switch (written) {
            case "0" -> Priority.NONE;
            case "1" -> Priority.LOW;
            case "3" -> Priority.MEDIUM;
            case "5" -> Priority.HIGH;
            default -> null;
        };
    }

    static boolean isYes(String written) {
        return YES.contains(ImportWords.normalizedWhole(written));
    }

    static boolean isNo(String written) {
        return NO.contains(ImportWords.normalizedWhole(written));
    }

    /// Whether a cell only says that it is empty.
    static boolean isNothing(String written) {
        String word = ImportWords.normalizedWhole(written);
        return word.isEmpty() || NOTHING.contains(word);
    }

    private static Map<String, Priority> priorities() {
        ImportWords words = ImportWords.of("priorities");
        Map<String, Priority> priorities = new HashMap<>();
        for (Priority priority : Priority.values()) {
            for (String word : words.normal(priority.name().toLowerCase(Locale.ROOT))) {
                priorities.put(word, priority);
            }
        }
        return Map.copyOf(priorities);
    }
}
