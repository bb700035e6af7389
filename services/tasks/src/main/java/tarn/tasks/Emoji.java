package tarn.tasks;

import java.util.regex.Pattern;

/// Tells whether a text is a single emoji, which a project may have before its name.
final class Emoji {

    /// In UTF-16 units; a family of four with skin tones has 19.
    static final int MAX_LENGTH = 32;

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private static final int KEYCAP = 0x20E3;

    private Emoji() {}

    /// Whether the text is one emoji: a single grapheme cluster of which a part is a pictograph, a
    /// flag or a keycap (Unicode Technical Standard 51).
    static boolean isOne(String text) {
        return text.length() <= MAX_LENGTH
                && GRAPHEME.matcher(text).matches()
                && text.codePoints()
                        .anyMatch(code -> Character.isExtendedPictographic(code)
                                || Character.isEmojiPresentation(code)
                                || code == KEYCAP);
    }
}
