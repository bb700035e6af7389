package tarn.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A place in an order that users arrange by hand: text whose byte order is the order.
///
/// Between any two there is room for another, so that moving one thing changes one row. The first six
/// of the 62 digits count, which keeps appending short; what follows is a fraction.
///
/// @param key digits `0-9A-Za-z`, sorted as bytes (collation "C")
record Position(String key) implements Comparable<Position> {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int BASE = DIGITS.length();
    private static final int WHOLE = 6;

    /// Letters of a key: one that would be longer is a reason to renew all of its order.
    static final int MAX_LENGTH = 60;

    private static final long MIDDLE = 31L * BASE * BASE * BASE * BASE * BASE;

    Position {
        if (key.isEmpty() || !key.chars().allMatch(digit -> DIGITS.indexOf(digit) >= 0)) {
            throw new IllegalArgumentException("No position: " + key);
        }
    }

    /// A place behind the last one; the random end keeps two that append at once apart.
    static Position atEnd(@Nullable Position last, RandomGenerator random) {
        long whole = last == null ? MIDDLE : last.whole() + 1;
        StringBuilder key = new StringBuilder(digits(whole));
        for (int i = 0; i < 3; i++) {
            key.append(DIGITS.charAt(random.nextInt(BASE)));
        }
        return new Position(
                key.append(DIGITS.charAt(1 + random.nextInt(BASE - 1))).toString());
    }

    /// As many places as asked for, in order.
    static List<Position> sequence(int count) {
        List<Position> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(new Position(digits(MIDDLE + i) + 'V'));
        }
        return all;
    }

    /// A place behind one and before another; null stands for either end.
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

    /// The shortest text about half-way: follows the lower bound while both agree, and once it is
    /// below the upper bound needs only stay above the lower one.
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

    /// Whether things were put in one place so often that the order is to be renewed.
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
