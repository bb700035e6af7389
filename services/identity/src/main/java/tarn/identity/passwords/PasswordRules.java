package tarn.identity.passwords;

import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// Refuses passwords of fewer than 10 characters or easy to guess: common ones with variations,
/// sequences, repetitions, the user's name or e-mail address; no character classes are required
/// (NIST SP 800-63B, 3.1.1.2).
@Singleton
public final class PasswordRules {

    /// The fewest characters, after normalisation.
    public static final int LEAST = 10;

    /// The most characters that are taken.
    public static final int MAX_LENGTH = 200;

    private static final int MIN_DIFFERENT = 5;

    /// Digits and signs around a common word that do not make it uncommon, at most.
    private static final int DRESSING = 8;

    private static final String WORDS = "common-words.txt";

    private static final List<String> RUNS = List.of(
            "abcdefghijklmnopqrstuvwxyz",
            "01234567890123456789",
            "qwertyuiopasdfghjklzxcvbnm",
            "qwertzuiopasdfghjklyxcvbnm",
            "azertyuiopqsdfghjklmwxcvbn",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
            "qazwsxedcrfvtgbyhnujmikolp",
            "1q2w3e4r5t6y7u8i9o0p",
            "q1w2e3r4t5y6u7i8o9p0",
            "a1b2c3d4e5f6g7h8i9j0",
            "a1s2d3f4g5h6j7k8l9",
            "zaq1xsw2cde3vfr4bgt5nhy6mju7");

    private final Set<String> common;

    PasswordRules() {
        try (InputStream file = Objects.requireNonNull(PasswordRules.class.getResourceAsStream(WORDS));
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            common = lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Stream.of(line.split("\\s+", -1)))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Refuses a password that is too weak for a user.
    ///
    /// @param pointer where the password was sent
    /// @param name the user's
    /// @param email the user's
    /// @throws Refusal.Invalid `weak-password`, saying why
    public void require(String pointer, String password, String name, String email) {
        String weakness = weakness(password, name, email);
        if (weakness != null) {
            throw new Refusal.Invalid(pointer, "weak-password", weakness);
        }
    }

    @Nullable
    String weakness(String password, String name, String email) {
        String normal = PasswordHasher.normal(password);
        if (normal.codePointCount(0, normal.length()) < LEAST) {
            return "Must have at least " + LEAST + " characters.";
        }
        String plain = normal.toLowerCase(Locale.ROOT);
        if (plain.codePoints().distinct().count() < MIN_DIFFERENT || isRepetition(plain)) {
            return "Repeats itself too much to be safe.";
        }
        if (isRuns(plain)) {
            return "Is a run of neighbouring keys or letters.";
        }
        String stem = stem(plain);
        boolean bare = plain.length() - stem.length() <= DRESSING;
        if (bare && isPersonal(plain, name, email)) {
            return "Must not be your name or e-mail address.";
        }
        if (common.contains(plain) || (bare && isCommon(stem)) || (bare && isCommon(undisguised(stem)))) {
            return "Is one of the most common passwords.";
        }
        return null;
    }

    private boolean isCommon(String word) {
        return common.contains(word) || isTwoCommon(word);
    }

    /// `abcxabcxabcx`, or `iloveyouiloveyou`.
    private boolean isRepetition(String text) {
        String unit = period(text);
        return unit.length() < text.length() && (unit.length() < MIN_DIFFERENT || isCommon(unit));
    }

    /// `dragonmonkey`.
    private boolean isTwoCommon(String word) {
        for (int i = 3; i <= word.length() - 3; i++) {
            if (common.contains(word.substring(0, i)) && common.contains(word.substring(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPersonal(String text, String name, String email) {
        String address = email.toLowerCase(Locale.ROOT);
        int at = address.indexOf('@');
        String local = at < 0 ? address : address.substring(0, at);
        String host = at < 0 ? "" : address.substring(at + 1);
        String organisation = host.substring(0, Math.max(0, host.lastIndexOf('.')));
        String letters = letters(text);
        return !letters.isEmpty()
                && Stream.of(address, local, host, organisation, name).anyMatch(own -> letters.equals(letters(own)));
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// The text without digits and signs before and after it.
    private static String stem(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && !Character.isLetter(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && !Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    /// `p@ssw0rd` is `password`.
    private static String undisguised(String text) {
        return text.replace('@', 'a')
                .replace('4', 'a')
                .replace('3', 'e')
                .replace('1', 'i')
                .replace('!', 'i')
                .replace('0', 'o')
                .replace('5', 's')
                .replace('$', 's')
                .replace('7', 't');
    }

    /// The shortest text of which this is a repetition: itself when it is none.
    private static String period(String text) {
        int at = (text + text).indexOf(text, 1);
        return text.substring(0, at);
    }

    /// Whether it falls into parts that are each a run of at least three neighbours, up or down.
    private static boolean isRuns(String text) {
        int at = 0;
        while (at < text.length()) {
            int length = run(text, at);
            if (length < 3 && at + length < text.length()) {
                return false;
            }
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static int run(String text, int from) {
        int longest = 0;
        for (String run : RUNS) {
            longest = Math.max(longest, shared(text, from, run));
            longest = Math.max(
                    longest, shared(text, from, new StringBuilder(run).reverse().toString()));
        }
        return longest;
    }

    /// How much of the text from there on lies in a run.
    private static int shared(String text, int from, String run) {
        int start = run.indexOf(text.charAt(from));
        int longest = 0;
        while (start >= 0) {
            int length = 0;
            while (from + length < text.length()
                    && start + length < run.length()
                    && text.charAt(from + length) == run.charAt(start + length)) {
                length++;
            }
            longest = Math.max(longest, length);
            start = run.indexOf(text.charAt(from), start + 1);
        }
        return longest;
    }
}
