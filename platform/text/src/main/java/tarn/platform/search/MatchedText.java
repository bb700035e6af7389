package tarn.platform.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A text, or an excerpt of it, cut into parts that match a query and parts that do not.
///
/// @param parts joined they are the text, with each run of whitespace as one space
public record MatchedText(List<Part> parts) {

    /// Words of a text that are looked at.
    private static final int MAX_WORDS = 20_000;

    /// Characters of an excerpt before its first match.
    private static final int LEAD = 40;

    /// A part of a text.
    ///
    /// @param match whether the query has found it
    public record Part(String text, boolean match) {}

    /// Copies the list.
    public MatchedText {
        parts = List.copyOf(parts);
    }

    /// The beginning of a text, with what matches.
    ///
    /// @param max characters; what is longer ends with an ellipsis
    public static MatchedText of(SearchQuery query, String text, int max) {
        return cut(text, matches(query, text), 0, max);
    }

    /// An excerpt around the first match; the beginning of the text when nothing in it matches.
    ///
    /// @param max characters without the ellipses
    public static MatchedText excerpt(SearchQuery query, String text, int max) {
        BitSet matches = matches(query, text);
        int match = Math.max(0, matches.nextSetBit(0));
        int start = match < max / 2 ? 0 : Math.max(0, match - LEAD);
        while (start > 0 && start < match && !Character.isWhitespace(text.charAt(start - 1))) {
            start++;
        }
        return cut(text, matches, start, max);
    }

    private static BitSet matches(SearchQuery query, String text) {
        BitSet matches = new BitSet();
        List<Word> words = WordScanner.words(text, MAX_WORDS);
        for (int i = 0; i < words.size(); i++) {
            int first = i;
            TokenRules.tokensAt(words, first, token -> {
                for (SearchQuery.Term term : query.terms()) {
                    if (term.matches(token)) {
                        int last = Math.min(words.size(), first + term.words()) - 1;
                        matches.set(words.get(first).start(), words.get(last).end());
                    }
                }
            });
        }
        return matches;
    }

    private static MatchedText cut(String text, BitSet matches, int start, int max) {
        int end = Math.min(text.length(), start + max);
        if (end < text.length() && end > start && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        List<Part> parts = new ArrayList<>();
        if (start > 0) {
            parts.add(new Part("…", false));
        }
        int at = start;
        while (at < end) {
            boolean match = matches.get(at);
            int next = match ? matches.nextClearBit(at) : matches.nextSetBit(at);
            int to = next < 0 ? end : Math.min(next, end);
            parts.add(new Part(text.substring(at, to).replaceAll("\\s+", " "), match));
            at = to;
        }
        if (end < text.length()) {
            parts.add(new Part("…", false));
        }
        return new MatchedText(parts);
    }
}
