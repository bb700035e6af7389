package tarn.platform.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a user searches for: every word is required, and the last one may be only begun.
///
/// The first 20 words count. A query without words finds nothing.
public final class SearchQuery {

    /// Words of a query that count.
    static final int MAX_WORDS = 20;

    /// Letters of a beginning that few words have in common.
    private static final int MIN_DISTINCT = 4;

    /// Behind the Latin letters.
    private static final char MAX_LATIN = 0x250;

    /// A required token.
    ///
    /// @param prefix whether it may be only the beginning
    /// @param words how many words, or characters of a script without spaces, it has
    record Term(String token, boolean prefix, int words) {

        boolean matches(String other) {
            return prefix ? other.startsWith(token) : other.equals(token);
        }
    }

    private final Set<Term> terms = new LinkedHashSet<>();

    private SearchQuery(List<Word> words) {
        int first = 0;
        while (first < words.size()) {
            int end = first + 1;
            while (end < words.size() && isOne(words.get(end - 1), words.get(end))) {
                end++;
            }
            List<Word> run = words.subList(first, end);
            int most = run.getFirst().unspaced() ? 2 : TokenRules.MAX_JOINED;
            int length = Math.min(run.size(), most);
            for (int i = 0; i + length <= run.size(); i++) {
                boolean last = end == words.size() && i + length == run.size();
                terms.add(term(run.subList(i, i + length), last));
            }
            first = end;
        }
    }

    private static boolean isOne(Word before, Word word) {
        return word.isJoined(before) || word.isNextTo(before);
    }

    /// The first character of a pair is the beginning of its token.
    private static Term term(List<Word> words, boolean last) {
        if (!words.getFirst().unspaced()) {
            return new Term(TokenRules.joined(words), last, words.size());
        }
        String token = words.stream().map(Word::folded).collect(Collectors.joining());
        return new Term(token, last || words.size() == 1, words.size());
    }

    /// Any text is a query: what is no word separates words.
    public static SearchQuery of(String text) {
        return new SearchQuery(WordScanner.words(text, MAX_WORDS));
    }

    /// Whether there is nothing to search for.
    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /// The `tsquery` as text.
    public String tsquery() {
        return tsquery(terms, suffix -> suffix);
    }

    /// The `tsquery` for rows whose title has all words.
    public String tsqueryOfTitle() {
        return tsquery(terms, suffix -> suffix + "A");
    }

    /// The `tsquery` for rows whose title has all words, none of them only begun.
    public String tsqueryOfWholeTitle() {
        return tsquery(terms, _ -> "A");
    }

    /// The `tsquery` for rows that have all words, none of them only begun.
    public String tsqueryOfWholeWords() {
        return tsquery(terms, _ -> "");
    }

    /// The `tsquery` of the words that narrow a search by index: all but a beginning of a few
    /// letters, if there are others.
    public String tsqueryOfIndex() {
        return tsquery(terms.stream().filter(term -> !isVague(term)).toList(), suffix -> suffix);
    }

    /// The `tsquery` of the others, which are looked for in the rows that the index finds; null when
    /// there are none.
    public @Nullable String tsqueryOfRest() {
        List<Term> rest = terms.stream().filter(this::isVague).toList();
        return rest.isEmpty() ? null : tsquery(rest, suffix -> suffix);
    }

    /// Collecting all rows in which a word begins so takes longer than reading those found already.
    private boolean isVague(Term term) {
        return term.prefix()
                && terms.size() > 1
                && term.token().length() < MIN_DISTINCT
                && term.token().charAt(0) < MAX_LATIN;
    }

    private static String tsquery(Collection<Term> terms, UnaryOperator<String> suffix) {
        List<String> all = new ArrayList<>();
        for (Term term : terms) {
            String weight = suffix.apply(term.prefix() ? "*" : "");
            all.add("'" + term.token() + "'" + (weight.isEmpty() ? "" : ":" + weight));
        }
        return String.join(" & ", all);
    }

    Set<Term> terms() {
        return terms;
    }
}
