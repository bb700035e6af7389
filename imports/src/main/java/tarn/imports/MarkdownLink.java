package tarn.imports;

import java.util.Locale;

/// Formats a Markdown link; a URL that is not http or https becomes inline code, which cannot be
/// clicked.
final class MarkdownLink {
    private MarkdownLink() {}

    /// `[name](url)`; any other scheme becomes code, which cannot be clicked.
    static String of(String name, String url) {
        String title = name.isBlank() ? url : name.replaceAll("\\s+", " ").strip();
        String address = url.strip();
        String scheme = address.toLowerCase(Locale.ROOT);
        if (!scheme.startsWith("https://") && !scheme.startsWith("http://")) {
            return "`" + (title + " " + address).replace('`', '\'').replaceAll("\\s+", " ") + "`";
        }
        StringBuilder link = new StringBuilder("[");
        for (int at = 0; at < title.length(); at++) {
            char c = title.charAt(at);
            link.append(c == '[' || c == ']' || c == '\\' ? "\\" : "").append(c);
        }
        link.append("](");
        for (int at = 0; at < address.length(); at++) {
            char c = address.charAt(at);
            switch (c) {
                case '(' -> link.append("%28");
                case ')' -> link.append("%29");
                case '<' -> link.append("%3C");
                case '>' -> link.append("%3E");
                case ' ', '\n', '\r', '\t' -> link.append("%20");
                case '\\' -> link.append("%5C");
                default -> link.append(c);
            }
        }
        return link.append(')').toString();
    }
}
