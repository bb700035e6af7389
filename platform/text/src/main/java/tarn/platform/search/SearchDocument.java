package tarn.platform.search;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a row is found by, as a PostgreSQL `tsvector`: tokens of the title have weight A, others B.
///
/// The first 20,000 tokens count, of at most 900 kB together; PostgreSQL's limit is 1 MB.
public final class SearchDocument {

    static final int MAX_TOKENS = 20_000;
    private static final int MAX_BYTES = 900_000;

    /// Bytes that PostgreSQL adds to a token.
    private static final int OVERHEAD = 8;

    private final Map<String, Character> tokens = new LinkedHashMap<>();
    private int bytes;

    private SearchDocument() {}

    /// The `tsvector` as text.
    ///
    /// @param title empty for none
    /// @param body empty for none
    public static String of(String title, String body) {
        SearchDocument document = new SearchDocument();
        document.addText(title, 'A');
        document.addText(body, 'B');
        StringBuilder vector = new StringBuilder(document.bytes);
        // Tokens hold letters, marks, digits and hyphens only: nothing that needs to be escaped.
        document.tokens.forEach((token, weight) ->
                vector.append('\'').append(token).append("':1").append(weight).append(' '));
        return vector.toString();
    }

    private void addText(String text, char weight) {
        List<Word> words = WordScanner.words(text, MAX_TOKENS);
        for (int i = 0; i < words.size(); i++) {
            TokenRules.tokensAt(words, i, token -> addToken(token, weight));
        }
    }

    private void addToken(String token, char weight) {
        if (tokens.size() < MAX_TOKENS && !tokens.containsKey(token)) {
            bytes += token.getBytes(StandardCharsets.UTF_8).length + OVERHEAD;
            if (bytes <= MAX_BYTES) {
                tokens.put(token, weight);
            }
        }
    }
}
