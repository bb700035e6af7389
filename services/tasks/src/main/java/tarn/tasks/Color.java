package tarn.tasks;

import java.util.Locale;

/// The colour of a label or a project, which the web shows in a light and a dark tone.
enum Color {
    GRAY,
    RED,
    ORANGE,
    YELLOW,
    GREEN,
    TEAL,
    BLUE,
    PURPLE,
    PINK,
    BLACK;

    static Color named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// As it is stored and sent.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
