package tarn.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A position in a manual order (fractional indexing), so that moving one element changes one row.
///
/// The first six of 62 digits are a whole number, which keeps appended keys short; the rest is a
/// fraction.
///
/// @param key digits `0-9A-Za-z`, ordered by byte (collation "C")
record Position(String key) implements Comparable<Position> {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int BASE = DIGITS.length();
    private static final int WHOLE = 6;

    /// Characters of a key; a longer one requires renewing the order.
    static final int MAX_LENGTH = 60;

    private static final long MIDDLE = 31L * BASE * BASE * BASE * BASE * BASE;

    Position {
        if (key.isEmpty() || !key.chars().allMatch(digit -> DIGITS.indexOf(digit) >= 0)) {
            throw new IllegalArgumentException("No position: " + key);
        }
    }

    /// A position after the last; a random suffix separates concurrent appends.
    static Position atEnd(@Nullable Position last, RandomGenerator random) {
        long whole = last == null ? MIDDLE : last.whole() + 1;
        StringBuilder key = new StringBuilder(digits(whole));
        for (int i = 0; i < 3; i++) {
            key.append(DIGITS.charAt(random.nextInt(BASE)));
        }
        return new Position(
                key.append(DIGITS.charAt(1 + random.nextInt(BASE - 1))).toString());
    }

    /// A number of positions in order.
    static List<Position> sequence(int count) {
        List<Position> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(new Position(digits(MIDDLE + i) + 'V'));
        }
        return all;
    }

    /// A position between two; null for either end.
    ///
    /// @throws IllegalArgumentException when the first is not before the second
    static Position between(@Nullable Position lower, @Nullable Position upper) {
        if (upper == null) {
            return new Position(digits(lower == null ? MIDDLE : lower.whole() + 1) + 'V');
        }
        if (lower == null) {
            return new Position(digits(upper.whole() - 1) + 'V');
        }
        if (lower.compareTo(upper) >= 0) {
            throw new IllegalArgumentException("Nothing is between " + lower + " and " + upper);
        }
        return new Position(middle(lower.key, upper.key));
    }

    /// A short text about half-way: copies the lower bound while both agree, then only has to
    /// exceed it.
    private static String middle(String lower, String upper) {
        StringBuilder middle = new StringBuilder();
        boolean bounded = true;
        for (int i = 0; ; i++) {
            int low = i < lower.length() ? DIGITS.indexOf(lower.charAt(i)) : 0;
            int high = !bounded ? BASE : i < upper.length() ? DIGITS.indexOf(upper.charAt(i)) : 0;
            if (high - low > 1) {
                return middle.append(DIGITS.charAt((low + high) / 2)).toString();
            }
            middle.append(DIGITS.charAt(low));
            bounded = bounded && low == high;
        }
    }

    /// Whether the key has grown so long that the order should be renewed.
    boolean isTooLong() {
        return key.length() > MAX_LENGTH;
    }

    private long whole() {
        long whole = 0;
        for (int i = 0; i < WHOLE; i++) {
            whole = whole * BASE + (i < key.length() ? DIGITS.indexOf(key.charAt(i)) : 0);
        }
        return whole;
    }

    private static String digits(long whole) {
        StringBuilder digits = new StringBuilder();
        long rest = whole;
        for (int i = 0; i < WHOLE; i++) {
            digits.append(DIGITS.charAt((int) (rest % BASE)));
            rest /= BASE;
        }
        return digits.reverse().toString();
    }

    @Override
    public int compareTo(Position other) {
        return key.compareTo(other.key);
    }
}
