package tarn.platform.search;

import java.util.List;

/// A word of a text, or one character of a script that is written without spaces.
///
/// @param start index of its first `char` in the text
/// @param end index after its last `char`
/// @param folded what is compared: lower case, without accents; never empty
/// @param parts folded, what a word such as `getUserName` is also found by: each of its parts, and
/// the rest from each part on; empty for others
/// @param unspaced whether it is a character of a script without spaces
/// @param link what is between it and the word before
record Word(int start, int end, String folded, List<String> parts, boolean unspaced, Link link) {

    /// What separates two words.
    enum Link {
        /// Whitespace, or more than a few signs.
        BREAK,
        /// Signs such as `-`, `.` or `://`.
        SIGNS,
        /// Nothing.
        ADJACENT
    }

    /// Whether it and the word before are parts of one compound, such as `report.pdf`.
    boolean isJoined(Word before) {
        return link == Link.SIGNS && !unspaced && !before.unspaced;
    }

    /// Whether it and the character before are in one run of a script without spaces.
    boolean isNextTo(Word before) {
        return link == Link.ADJACENT && unspaced && before.unspaced;
    }
}
