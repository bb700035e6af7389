package tarn.platform.search;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Splits a text into words, and runs of scripts without spaces into characters.
final class WordScanner {

    /// Signs between two words of a compound, as in `https://`.
    private static final int MAX_SIGNS = 3;

    /// Signs of C++.
    private static final int MAX_SUFFIX = 2;

    /// Parts of a word with capitals inside.
    private static final int MAX_PARTS = 8;

    private static final int MINUS = 0x2212;
    private static final int PARAGRAPH = '§';

    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private final String text;
    private final int maxWords;
    private final List<Word> words = new ArrayList<>();
    private Word.Link link = Word.Link.BREAK;
    private int signs;

    private WordScanner(String text, int maxWords) {
        this.text = text;
        this.maxWords = maxWords;
    }

    /// The words of a text in order, up to a maximum number.
    static List<Word> words(String text, int maxWords) {
        return new WordScanner(text, maxWords).scan();
    }

    static boolean isWordCharacter(int point) {
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER -> !isVoicing(point);
            default -> isPicture(point);
        };
    }

    /// Whether it is an emoji or a symbol such as €, ™ or →, outside of ASCII; neither the skin tones
    /// that belong to the emoji before nor the sign minus, which joins words.
    private static boolean isPicture(int point) {
        return switch (Character.getType(point)) {
            case Character.CURRENCY_SYMBOL, Character.MATH_SYMBOL, Character.OTHER_SYMBOL ->
                point > 0x7F && point != MINUS;
            default ->
                point == PARAGRAPH || (Character.isEmoji(point) && point > 0x7F && !Character.isEmojiModifier(point));
        };
    }

    /// Whether it belongs to the letters before it, as in C++ and C#.
    static boolean isSuffix(int point) {
        return point == '+' || point == '#';
    }

    static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> isVoicing(point);
        };
    }

    /// Half-width katakana are written with marks that Unicode calls letters.
    private static boolean isVoicing(int point) {
        return point == 0xFF9E || point == 0xFF9F;
    }

    private List<Word> scan() {
        int at = 0;
        while (at < text.length() && words.size() < maxWords) {
            int point = text.codePointAt(at);
            if (isWordCharacter(point)) {
                boolean unspaced = isUnspaced(point);
                int end = end(at, unspaced);
                end = unspaced ? end : endOfSuffix(end);
                add(at, end, unspaced);
                at = end;
            } else {
                separate(point);
                at += Character.charCount(point);
            }
        }
        return words;
    }

    private int end(int start, boolean unspaced) {
        int at = start + Character.charCount(text.codePointAt(start));
        while (at < text.length()) {
            int point = text.codePointAt(at);
            boolean letter = isWordCharacter(point) && !unspaced && !isUnspaced(point);
            if (!letter && !isMark(point) && !isInvisible(point)) {
                break;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    /// The end of up to two signs behind a letter, unless a word follows them, as in a+b.
    private int endOfSuffix(int end) {
        int at = end;
        if (Character.isLetter(text.codePointBefore(end))) {
            while (at < text.length() && at < end + MAX_SUFFIX && isSuffix(text.charAt(at))) {
                at++;
            }
        }
        boolean isFollowed = at < text.length() && (isWordCharacter(text.codePointAt(at)) || isSuffix(text.charAt(at)));
        return isFollowed ? end : at;
    }

    private void add(int start, int end, boolean unspaced) {
        String word = text.substring(start, end);
        String folded = WordFolding.fold(word);
        if (!folded.isEmpty()) {
            words.add(new Word(start, end, folded, parts(word), unspaced, link));
            link = Word.Link.ADJACENT;
            signs = 0;
        }
    }

    private static List<String> parts(String word) {
        int start = 0;
        List<String> parts = List.of();
        for (int i = 1; i < word.length() && parts.size() < 2 * MAX_PARTS; i++) {
            if (isBorder(word, i)) {
                parts = parts.isEmpty() ? new ArrayList<>() : parts;
                parts.add(WordFolding.fold(word.substring(start, i)));
                parts.add(WordFolding.fold(word.substring(i)));
                start = i;
            }
        }
        return parts;
    }

    /// Whether a part begins with this capital: after a small letter, or before one at the end of
    /// several capitals.
    private static boolean isBorder(String word, int at) {
        char before = word.charAt(at - 1);
        return Character.isUpperCase(word.charAt(at))
                && (Character.isLowerCase(before)
                        || (Character.isUpperCase(before)
                                && at + 1 < word.length()
                                && Character.isLowerCase(word.charAt(at + 1))));
    }

    private void separate(int point) {
        if (isInvisible(point) || isMark(point)) {
            return;
        }
        signs++;
        link = isBreak(point) || signs > MAX_SIGNS || link == Word.Link.BREAK ? Word.Link.BREAK : Word.Link.SIGNS;
    }

    private static boolean isUnspaced(int point) {
        boolean lengthened = point == 0x30FC || point == 0xFF70;
        return lengthened
                || isPicture(point)
                || (!Character.isDigit(point) && UNSPACED.contains(UnicodeScript.of(point)));
    }

    private static boolean isInvisible(int point) {
        return Character.getType(point) == Character.FORMAT;
    }

    private static boolean isBreak(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
