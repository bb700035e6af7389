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

/// Whom `@ada-lovelace` means among some users: whoever's name comes to that when it is folded. `@ada`
/// means her too while only one of them has that first name, and `@Ada Lovelace`, as it is shown, always.
/// What could mean two users means nobody.
final class Handles {

    static final Handles NONE = of(List.of());

    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0\\u202f]+");
    private static final Pattern APOSTROPHES = Pattern.compile("[\u2018\u2019\u02bc]");

    /// What makes a name another, longer one.
    private static final Pattern CONTINUED = Pattern.compile("-*+[\\p{L}\\p{M}\\p{N}_]|\\.[\\p{L}\\p{N}]");

    /// Letters of scripts that put no blanks between words.
    static final String UNSPACED = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}\u30fc";

    private static final Pattern UNSPACED_LETTER = Pattern.compile("[" + UNSPACED + "]");

    private final Map<Integer, List<Written>> names;

    private Handles(Map<Integer, List<Written>> names) {
        this.names = names;
    }

    /// One way to write a user.
    ///
    /// @param isWhole whether it is the whole name rather than the first
    private record Written(String text, Mention user, boolean isWhole) {}

    /// One way to write a user, found in a text.
    ///
    /// @param end the index behind it
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

    /// A user who is meant.
    ///
    /// @param length how many of the characters behind the `@` name them
    record Found(Mention user, int length) {}

    /// Who is meant: the longest name that is written wins, and a whole name wins over a first name.
    ///
    /// @param words all that is written, composed (NFC)
    /// @param from where in it the name begins
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

    /// The index behind a name in a text; -1 if something else is written there.
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

    /// Whether a longer name is written than the one that ends here. Letters of scripts without blanks
    /// continue nothing.
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

    /// Compatible forms are one (NFKC), and case, the kind of blank and of apostrophe do not count.
    private static String plain(String name) {
        if (name.length() == 1 && name.charAt(0) < 0x80) {
            char letter = name.charAt(0);
            return letter <= ' ' ? " " : String.valueOf(Character.toLowerCase(letter));
        }
        String compatible = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String blanks = SPACE.matcher(compatible).replaceAll(" ");
        return APOSTROPHES.matcher(blanks).replaceAll("'");
    }

    /// Compatible forms are one (NFKC), case does not count, and whatever is no letter or digit becomes
    /// a dash between those that are.
    static String folded(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String dashed = OTHERS.matcher(plain).replaceAll("-");
        int from = dashed.startsWith("-") ? 1 : 0;
        int to = dashed.length() - (dashed.endsWith("-") && dashed.length() > from ? 1 : 0);
        return dashed.substring(from, to);
    }
}
