package tarn.platform.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Folds a word to what is compared: compatible forms, lower case, ASCII digits, no accents.
///
/// Marks stay in scripts where they are letters of their own, such as the vowels of Devanagari.
final class WordFolding {

    /// Code points of a folded word; the rest is cut off.
    static final int MAX_LENGTH = 64;

    /// Scripts in which readers leave marks out.
    private static final Set<UnicodeScript> WITHOUT_MARKS = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.HEBREW,
            UnicodeScript.ARABIC,
            UnicodeScript.COMMON,
            UnicodeScript.INHERITED);

    /// Letters that Unicode does not decompose.
    private static final Map<Integer, String> LETTERS = Map.ofEntries(
            Map.entry((int) 'ς', "σ"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'ħ', "h"),
            Map.entry((int) 'ŧ', "t"),
            Map.entry(0x02BB, ""), // The Hawaiian okina, and an apostrophe, which are often left out.
            Map.entry(0x02BC, ""),
            Map.entry(0x0640, "")); // The Arabic tatweel, which only lengthens a word.

    private WordFolding() {}

    /// The folded word; empty when nothing of it is a letter or digit.
    static String fold(String word) {
        String folded = isAscii(word) ? word.toLowerCase(Locale.ROOT) : foldUnicode(word);
        return folded.codePointCount(0, folded.length()) <= MAX_LENGTH
                ? folded
                : folded.substring(0, folded.offsetByCodePoints(0, MAX_LENGTH));
    }

    private static boolean isAscii(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static String foldUnicode(String word) {
        // By way of upper case, which writes ß as SS, but leaves the capital ẞ.
        String lower = Normalizer.normalize(word, Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        StringBuilder kept = new StringBuilder(lower.length());
        UnicodeScript script = UnicodeScript.COMMON;
        String decomposed = Normalizer.normalize(lower, Form.NFKD);
        for (int i = 0; i < decomposed.length(); i += Character.charCount(decomposed.codePointAt(i))) {
            int point = decomposed.codePointAt(i);
            if (WordScanner.isMark(point)) {
                if (!WITHOUT_MARKS.contains(script)) {
                    kept.appendCodePoint(point);
                }
            } else if (Character.isDigit(point)) {
                script = UnicodeScript.COMMON;
                kept.append(Character.digit(point, 10));
            } else if (WordScanner.isWordCharacter(point)) {
                script = UnicodeScript.of(point);
                String other = LETTERS.get(point);
                if (other == null) {
                    kept.appendCodePoint(point);
                } else {
                    kept.append(other);
                }
            } else if (WordScanner.isSuffix(point)) {
                kept.appendCodePoint(point);
            }
        }
        return Normalizer.normalize(kept, Form.NFC);
    }
}
