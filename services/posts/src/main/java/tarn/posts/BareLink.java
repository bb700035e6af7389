package tarn.posts;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/// Parses bare URLs in Markdown before emphasis, so that `_` in a URL stays.
///
/// A URL ends before blanks, quotes, unopened brackets and CJK punctuation; a final full stop and
/// the like belong to the sentence.
final class BareLink implements InlineContentParser {

    private static final Pattern BEGIN =
            Pattern.compile("(?:https?://|www\\.)(?=[\\p{L}\\p{N}\\[])", Pattern.CASE_INSENSITIVE);

    /// CJK punctuation, its full-width and vertical forms, and closing or trailing marks of other
    /// scripts.
    private static final Pattern END =
            Pattern.compile("[\\s\\p{Z}\\p{Cc}<>\"`\\\\\u00ab\u00bb\u2018-\u201f\u2026\u2039\u203a"
                    + "\u3000-\u3004\u3008-\u3020\u3030\u30fb\ufe10-\ufe1f\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
                    + "\u061b\u061f\u060c\u06d4\u0964\u0965]");
    private static final String TRAILING = ".,;:!?'*_~";

    /// Creates a parser per text, as the library requires.
    static final class Factory implements InlineContentParserFactory {

        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('h', 'H', 'w', 'W');
        }

        @Override
        public InlineContentParser create() {
            return new BareLink();
        }
    }

    @Override
    public ParsedInline tryParse(InlineParserState state) {
        Scanner scanner = state.scanner();
        if (isInWord(scanner.peekPreviousCodePoint())) {
            return ParsedInline.none();
        }
        Position start = scanner.position();
        if (!beginsLink(scanner)) {
            return ParsedInline.none();
        }
        scanner.setPosition(start);
        while (scanner.hasNext() && scanner.peek() != '\n') {
            scanner.next();
        }
        String rest = scanner.getSource(start, scanner.position()).getContent();
        scanner.setPosition(start);
        Matcher begin = BEGIN.matcher(rest);
        if (!begin.lookingAt()) {
            return ParsedInline.none();
        }
        String url = rest.substring(0, endOf(rest, begin.end()));
        if (url.length() <= begin.end()) {
            return ParsedInline.none();
        }
        for (int i = 0; i < url.length(); i++) {
            scanner.next();
        }
        boolean hasScheme = url.charAt(0) == 'h' || url.charAt(0) == 'H';
        Link link = new Link(hasScheme ? url : "http://" + url, null);
        link.appendChild(new Text(url));
        return ParsedInline.of(link, scanner.position());
    }

    /// Looks ahead no further than needed, to stay linear in the text.
    private static boolean beginsLink(Scanner scanner) {
        StringBuilder begin = new StringBuilder();
        while (begin.length() < 9 && scanner.hasNext() && scanner.peek() != '\n') {
            begin.append(scanner.peek());
            scanner.next();
        }
        return BEGIN.matcher(begin).lookingAt();
    }

    private static boolean isInWord(int before) {
        return before < 0x80 && (Character.isLetterOrDigit(before) || "+@/.".indexOf(before) >= 0);
    }

    private static int endOf(String text, int from) {
        Matcher stop = END.matcher(text);
        int limit = stop.find(from) ? stop.start() : text.length();
        int round = 0;
        int square = 0;
        int end = from;
        for (; end < limit; end++) {
            switch (text.charAt(end)) {
                case '(' -> round++;
                case ')' -> round--;
                case '[' -> square++;
                case ']' -> square--;
                default -> {}
            }
            if (round < 0 || square < 0) {
                break;
            }
        }
        while (end > from && TRAILING.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }
}
