package tarn.posts;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Resolves handles such as `@ada-lovelace` to one of a set of users, by the folded full name or an
/// unambiguous first name.
///
/// `@Ada Lovelace`, as shown, also counts. A handle that fits two users fits none.
final class Handles {

    static final Handles NONE = of(List.of());

    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0\\u202f]+");
    private static final Pattern APOSTROPHES = Pattern.compile("[\u2018\u2019\u02bc]");

    /// Characters that continue a name into a longer one.
    private static final Pattern CONTINUED = Pattern.compile("-*+[\\p{L}\\p{M}\\p{N}_]|\\.[\\p{L}\\p{N}]");

    /// Letters of scripts without blanks between words.
    static final String UNSPACED = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}\u30fc";

    private static final Pattern UNSPACED_LETTER = Pattern.compile("[" + UNSPACED + "]");

    private final Map<Integer, List<Written>> names;

    private Handles(Map<Integer, List<Written>> names) {
        this.names = names;
    }

    /// A spelling of a user's name.
    ///
    /// @param isWhole whether it is the full name rather than the first
    private record Written(String text, Mention user, boolean isWhole) {}

    /// A spelling found in a text.
    ///
    /// @param end index after it
    private record Candidate(Written written, int end) {}

    static Handles of(Collection<Mention> users) {
        Map<Integer, List<Written>> names = new HashMap<>();
        for (Mention user : users) {
            String name = plain(user.name().strip());
            String first = name.split(" ", 2)[0];
            add(names, new Written(name, user, true));
            add(names, new Written(folded(name), user, true));
            add(names, new Written(first, user, false));
            add(names, new Written(folded(first), user, false));
        }
        return new Handles(names);
    }

    private static void add(Map<Integer, List<Written>> names, Written written) {
        if (!written.text().isEmpty()) {
            names.computeIfAbsent(written.text().codePointAt(0), unseen -> new ArrayList<>())
                    .add(written);
        }
    }

    /// A resolved handle.
    ///
    /// @param length characters after the `@`
    record Found(Mention user, int length) {}

    /// Resolves a handle: the longest spelling wins, and a full name wins over a first name.
    ///
    /// @param words the text in NFC
    /// @param from index after the `@`
    Optional<Found> find(String words, int from) {
        if (from >= words.length()) {
            return Optional.empty();
        }
        String begin = plain(Character.toString(words.codePointAt(from)));
        List<Candidate> candidates = names.getOrDefault(begin.isEmpty() ? 0 : begin.codePointAt(0), List.of()).stream()
                .map(written -> new Candidate(written, endOf(written.text(), words, from)))
                .filter(candidate -> candidate.end() > from && !continues(words, candidate.end()))
                .toList();
        int end = candidates.stream().mapToInt(Candidate::end).max().orElse(from);
        List<Written> longest = candidates.stream()
                .filter(candidate -> candidate.end() == end)
                .map(Candidate::written)
                .toList();
        boolean anyWhole = longest.stream().anyMatch(Written::isWhole);
        List<Mention> meant = longest.stream()
                .filter(written -> written.isWhole() == anyWhole)
                .map(Written::user)
                .distinct()
                .toList();
        return meant.size() == 1 ? Optional.of(new Found(meant.getFirst(), end - from)) : Optional.empty();
    }

    /// The index after a name in a text; -1 when the text differs.
    private static int endOf(String name, String words, int from) {
        int done = 0;
        int at = from;
        while (done < name.length()) {
            if (at >= words.length()) {
                return -1;
            }
            int letter = words.codePointAt(at);
            String plain = plain(Character.toString(letter));
            boolean repeatsBlank = plain.equals(" ") && done > 0 && name.charAt(done - 1) == ' ';
            if (!repeatsBlank) {
                if (!name.startsWith(plain, done)) {
                    return -1;
                }
                done += plain.length();
            }
            at += Character.charCount(letter);
        }
        return at;
    }

    /// Whether a longer name continues after this index; letters of unspaced scripts do not
    /// continue a name.
    private static boolean continues(String words, int end) {
        if (end >= words.length()) {
            return false;
        }
        boolean isUnspaced = isUnspaced(words.codePointBefore(end)) || isUnspaced(words.codePointAt(end));
        boolean isLetter = Character.isLetterOrDigit(words.codePointAt(end));
        return !(isUnspaced && isLetter)
                && CONTINUED.matcher(words).region(end, words.length()).lookingAt();
    }

    private static boolean isUnspaced(int letter) {
        return letter > 0xff
                && UNSPACED_LETTER.matcher(Character.toString(letter)).matches();
    }

    /// NFKC form with case, kinds of blank and kinds of apostrophe unified.
    private static String plain(String name) {
        if (name.length() == 1 && name.charAt(0) < 0x80) {
            char letter = name.charAt(0);
            return letter <= ' ' ? " " : String.valueOf(Character.toLowerCase(letter));
        }
        String compatible = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String blanks = SPACE.matcher(compatible).replaceAll(" ");
        return APOSTROPHES.matcher(blanks).replaceAll("'");
    }

    /// NFKC form in lower case, with all characters but letters and digits as single dashes.
    static String folded(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String dashed = OTHERS.matcher(plain).replaceAll("-");
        int from = dashed.startsWith("-") ? 1 : 0;
        int to = dashed.length() - (dashed.endsWith("-") && dashed.length() > from ? 1 : 0);
        return dashed.substring(from, to);
    }
}
