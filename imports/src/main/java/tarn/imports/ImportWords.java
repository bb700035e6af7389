package tarn.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/// The words of one dictionary, a file of properties beside this class: a meaning, and the words for it
/// in several languages with `|` between them.
final class ImportWords {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern GAPS = Pattern.compile("[\\s_./:'’-]+");
    private static final Pattern CAMEL = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\s*\\([^()]{0,100}\\)\\s*$");
    private static final int MAX_COMPARED = 200;

    private final Properties words;

    private ImportWords(Properties words) {
        this.words = words;
    }

    static ImportWords of(String dictionary) {
        String name = dictionary + ".properties";
        Properties words = new Properties();
        try (InputStream file = Objects.requireNonNull(ImportWords.class.getResourceAsStream(name), name)) {
            words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new ImportWords(words);
    }

    /// The words for a meaning as they are written there, in their order.
    List<String> all(String meaning) {
        return Arrays.asList(
                Objects.requireNonNull(words.getProperty(meaning), meaning).split("\\|", -1));
    }

    /// The words for a meaning as they are compared, in their order.
    Set<String> normal(String meaning) {
        Set<String> normal = new LinkedHashSet<>();
        for (String word : all(meaning)) {
            normal.add(normal(word, true));
        }
        return Collections.unmodifiableSet(normal);
    }

    /// A header or word as it is compared: small letters, no accents, one kind of gap, nothing in
    /// brackets at its end.
    static String normalized(String written) {
        return normal(written, false);
    }

    /// A word as it is compared, with what is in brackets at its end.
    static String normalizedWhole(String written) {
        return normal(written, true);
    }

    private static String normal(String written, boolean whole) {
        if (written.length() > MAX_COMPARED) {
            return written;
        }
        String bare = whole ? written : IN_BRACKETS.matcher(written).replaceFirst("");
        String spaced = CAMEL.matcher(bare.isEmpty() ? written : bare).replaceAll(" ");
        String plain =
                MARKS.matcher(Normalizer.normalize(spaced, Normalizer.Form.NFD)).replaceAll("");
        return GAPS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
