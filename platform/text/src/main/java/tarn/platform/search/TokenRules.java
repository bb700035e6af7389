package tarn.platform.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tokens of a word and its neighbours; [WordScanner] splits a text into words, [WordFolding]
/// normalises them. [SearchDocument] and [SearchQuery] both follow these rules.
///
/// - A word is letters, marks and digits; it is folded by [WordFolding].
/// - Words with nothing but signs between them are a compound, such as `report.pdf` or
///   `2026-12-05`: besides each word, each two and three words in sequence are a token, joined by
///   a hyphen whatever the signs are.
/// - Signs that belong to a word stay with it, as in C++ and C#; it is also found without them.
/// - Emoji are words, and symbols such as €, § and →.
/// - A word with capitals inside, such as `getUserName` or `HTTPServer`, is also found by its parts.
/// - Letters followed by digits, such as `v2`, are also found by the digits.
/// - Scripts without spaces, such as Chinese, Japanese and Thai, become pairs of characters.
public final class TokenRules {

    /// Version of the rules: a higher number has all rows indexed anew. Raise it with every change
    /// here, in [WordScanner] or in [WordFolding].
    public static final int RULES = 3;

    /// Words of a compound that one token can have.
    static final int MAX_JOINED = 3;

    private static final char JOINT = '-';

    /// Receives the tokens that begin at a word.
    @FunctionalInterface
    interface TokenSink {
        void take(String token);
    }

    private TokenRules() {}

    /// Passes on all tokens that begin at one of the words.
    static void tokensAt(List<Word> words, int first, TokenSink sink) {
        Word word = words.get(first);
        if (word.unspaced()) {
            boolean pair = first + 1 < words.size() && words.get(first + 1).isNextTo(word);
            sink.take(pair ? word.folded() + words.get(first + 1).folded() : word.folded());
            return;
        }
        String token = word.folded();
        String digits = digitsAfterLetters(token);
        sink.take(token);
        word.parts().forEach(sink::take);
        if (WordScanner.isSuffix(token.charAt(token.length() - 1))) {
            sink.take(withoutSuffix(token));
        }
        if (digits != null) {
            sink.take(digits);
        }
        for (int i = first + 1; i < Math.min(words.size(), first + MAX_JOINED); i++) {
            if (!words.get(i).isJoined(words.get(i - 1))) {
                return;
            }
            String rest = JOINT + words.get(i).folded();
            token += rest;
            sink.take(token);
            if (digits != null) {
                digits += rest;
                sink.take(digits);
            }
        }
    }

    /// The token of words of one compound.
    static String joined(List<Word> compound) {
        StringBuilder token = new StringBuilder(compound.getFirst().folded());
        compound.stream().skip(1).forEach(word -> token.append(JOINT).append(word.folded()));
        return token.toString();
    }

    private static String withoutSuffix(String word) {
        int end = word.length();
        while (WordScanner.isSuffix(word.charAt(end - 1))) {
            end--;
        }
        return word.substring(0, end);
    }

    private static @Nullable String digitsAfterLetters(String word) {
        int border = word.length();
        while (border > 0 && isDigit(word.charAt(border - 1))) {
            border--;
        }
        boolean none = border == 0 || border == word.length();
        for (int i = 0; i < border && !none; i++) {
            none = isDigit(word.charAt(i));
        }
        return none ? null : word.substring(border);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
