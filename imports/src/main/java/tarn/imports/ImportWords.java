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

/// A multilingual dictionary from a properties file beside this class: each meaning with its words,
/// separated by `|`.
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

    /// The words for a meaning, in the order of the file.
    List<String> all(String meaning) {
        return Arrays.asList(
                Objects.requireNonNull(words.getProperty(meaning), meaning).split("\\|", -1));
    }

    /// The normalised words for a meaning, in the order of the file.
    Set<String> normal(String meaning) {
        Set<String> normal = new LinkedHashSet<>();
        for (String word : all(meaning)) {
            normal.add(normal(word, true));
        }
        return Collections.unmodifiableSet(normal);
    }

    /// A word for comparison: lower case, without accents, separators as single spaces, without a
    /// trailing part in parentheses.
    static String normalized(String written) {
        return normal(written, false);
    }

    /// A word for comparison, with a trailing part in parentheses.
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
