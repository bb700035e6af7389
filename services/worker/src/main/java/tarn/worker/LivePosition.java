package tarn.worker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Where a stream is in the feed, as clients keep it: the start of a window and when that was.
///
/// Its text is numbers in base 36: epoch, minute, and of the snapshot `xmin`, the distance to
/// `xmax` and those of the transactions between them, as in `1-hxk2a-3f9-4-0.2`.
///
/// @param snapshot as PostgreSQL writes it
/// @param at old positions cannot be caught up from: the events may have been deleted
record LivePosition(int epoch, String snapshot, Instant at) {

    /// Characters of a text.
    static final int MAX_LENGTH = 512;

    private static final int RADIX = 36;
    private static final int SECONDS = 60;
    private static final Pattern NUMBERS =
            Pattern.compile("([0-9a-z]{1,5})-([0-9a-z]{1,7})-([0-9a-z]{1,12})-([0-9a-z]{1,12})(?:-([0-9a-z.]+))?");

    /// @param text from a client
    /// @throws Refusal.Malformed when it is none
    static LivePosition parse(String text) {
        var numbers = NUMBERS.matcher(text);
        if (text.length() > MAX_LENGTH || !numbers.matches()) {
            throw malformed();
        }
        try {
            long low = Long.parseLong(numbers.group(3), RADIX);
            long high = low + Long.parseLong(numbers.group(4), RADIX);
            List<Long> open = new ArrayList<>();
            String between = numbers.group(5);
            for (String number : between == null ? new String[0] : between.split("\\.", -1)) {
                open.add(low + Long.parseLong(number, RADIX));
            }
            long last = low - 1;
            for (long one : open) {
                if (one <= last || one >= high) {
                    throw malformed();
                }
                last = one;
            }
            if (low == 0 || high < low) {
                throw malformed();
            }
            String snapshot =
                    low + ":" + high + ":" + open.stream().map(String::valueOf).collect(Collectors.joining(","));
            Instant at = Instant.ofEpochSecond(Long.parseLong(numbers.group(2), RADIX) * SECONDS);
            return new LivePosition(Integer.parseInt(numbers.group(1), RADIX), snapshot, at);
        } catch (NumberFormatException none) {
            throw malformed();
        }
    }

    private static Refusal malformed() {
        return new Refusal.Malformed("bad-position", "Last-Event-ID is not a position of this stream.");
    }

    /// Its text; null when too many transactions were open to be named, and the one before is to be
    /// kept.
    @Nullable
    String text() {
        String[] parts = snapshot.split(":", -1);
        long low = Long.parseLong(parts[0]);
        String head = Stream.of((long) epoch, at.getEpochSecond() / SECONDS, low, Long.parseLong(parts[1]) - low)
                .map(number -> Long.toString(number, RADIX))
                .collect(Collectors.joining("-"));
        String text = parts[2].isEmpty()
                ? head
                : head
                        + '-'
                        + Stream.of(parts[2].split(",", -1))
                                .map(number -> Long.toString(Long.parseLong(number) - low, RADIX))
                                .collect(Collectors.joining("."));
        return text.length() <= MAX_LENGTH ? text : null;
    }
}
