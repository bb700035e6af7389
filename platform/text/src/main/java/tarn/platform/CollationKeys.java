package tarn.platform;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.ULocale;
import org.jspecify.annotations.NullMarked;

/// Bytes by which titles and names sort, of their first 100 code points: accents beside their
/// letters, numbers by their value, upper and lower case together. They are stored, so that lists
/// do not depend on the collation of the database's system.
@NullMarked
public final class CollationKeys {

    /// Code points of a text that count.
    static final int MAX_LENGTH = 100;

    private static final RuleBasedCollator COLLATOR = collator();

    private CollationKeys() {}

    private static RuleBasedCollator collator() {
        RuleBasedCollator collator = (RuleBasedCollator) Collator.getInstance(ULocale.ROOT);
        collator.setStrength(Collator.TERTIARY);
        collator.setNumericCollation(true);
        collator.setDecomposition(Collator.CANONICAL_DECOMPOSITION);
        return (RuleBasedCollator) collator.freeze();
    }

    /// Version of the rules, which another version of the library changes: keys of different
    /// versions must not be compared.
    public static int version() {
        return COLLATOR.getVersion().hashCode();
    }

    /// The key of a text.
    public static byte[] of(String text) {
        int points = Math.min(text.codePointCount(0, text.length()), MAX_LENGTH);
        return COLLATOR.getCollationKey(text.substring(0, text.offsetByCodePoints(0, points)))
                .toByteArray();
    }
}
