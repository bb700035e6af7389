package tarn.platform.database;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Matches rows that contain every word of a query as a prefix, in any order; the first 20 words
/// count, each cut at 200 characters.
public final class FullTextSearch {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final int MAX_WORDS = 20;
    private static final int MAX_LENGTH = 200;

    private FullTextSearch() {}

    /// The condition that a row of the table matches all words of the text.
    ///
    /// @param table has a `tsvector` column `search` in the configuration `simple`
    public static Condition in(Table<?> table, String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find() && words.size() < MAX_WORDS) {
            words.add("'" + beginning(word.group()) + "':*");
        }
        return words.isEmpty()
                ? DSL.falseCondition()
                : DSL.condition(
                        "{0} @@ to_tsquery('simple', {1})",
                        DSL.field(table.getQualifiedName().append("search")), DSL.val(String.join(" & ", words)));
    }

    /// PostgreSQL rejects search words longer than 2 kB.
    private static String beginning(String word) {
        int points = Math.min(word.codePointCount(0, word.length()), MAX_LENGTH);
        return word.substring(0, word.offsetByCodePoints(0, points));
    }
}
