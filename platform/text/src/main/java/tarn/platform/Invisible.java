package tarn.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.BitSet;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Finds and removes the invisible characters of `contracts/text/invisible.json`, which names,
/// titles and e-mail addresses must not contain; the web app reads the same file.
@NullMarked
public final class Invisible {

    private static final String LIST = "/tarn/text/invisible.json";
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final BitSet NEVER = new BitSet();
    private static final BitSet JOINERS = new BitSet();
    private static final BitSet SELECTORS = new BitSet();
    private static final BitSet TAGS = new BitSet();

    static {
        try (InputStream list = Invisible.class.getResourceAsStream(LIST)) {
            JsonNode ranges = new ObjectMapper().readTree(list);
            fill(NEVER, ranges.path("never"));
            fill(JOINERS, ranges.path("joiners"));
            fill(SELECTORS, ranges.path("selectors"));
            fill(TAGS, ranges.path("tags"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Invisible() {}

    private static void fill(BitSet points, JsonNode ranges) {
        for (JsonNode range : ranges) {
            points.set(
                    Integer.parseInt(range.path(0).asText(), 16),
                    Integer.parseInt(range.path(1).asText(), 16) + 1);
        }
    }

    /// The text in NFC, without leading and trailing blanks.
    public static String normalized(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    }

    /// The text without invisible characters, including those allowed in some places.
    public static String removed(String text) {
        return text.codePoints()
                .filter(point -> !isListed(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    /// Whether a character is visible by itself.
    public static boolean shows(int point) {
        return !isListed(point) && !isBlank(point) && !isMark(point);
    }

    /// What is wrong with a single-line text; null when nothing is.
    public static @Nullable String fault(String text) {
        Scan scan = new Scan(text);
        while (scan.next()) {
            if (scan.isInvisible()) {
                return "must not contain the invisible character U+%04X".formatted(scan.point);
            }
            if (scan.isLoneMark()) {
                return "must not contain an accent without a letter";
            }
        }
        return null;
    }

    /// The text in NFC without what [#fault] finds and without leading and trailing blanks.
    public static String cleaned(String text) {
        String clean = normalized(text);
        while (fault(clean) != null) {
            StringBuilder kept = new StringBuilder(clean.length());
            Scan scan = new Scan(clean);
            while (scan.next()) {
                if (!scan.isInvisible() && !scan.isLoneMark()) {
                    kept.appendCodePoint(scan.point);
                }
            }
            clean = normalized(kept.toString());
        }
        return clean;
    }

    /// Walks over the characters of a text, each with its neighbours.
    private static final class Scan {
        private final String text;
        private int next;
        private int before = ' ';
        private int point = ' ';
        private int after = ' ';
        private boolean flag;

        Scan(String text) {
            this.text = text;
        }

        boolean next() {
            if (next == text.length()) {
                return false;
            }
            before = point;
            point = text.codePointAt(next);
            next += Character.charCount(point);
            after = next < text.length() ? text.codePointAt(next) : ' ';
            flag = point == BLACK_FLAG || (flag && TAGS.get(point));
            return true;
        }

        boolean isInvisible() {
            return NEVER.get(point)
                    || (JOINERS.get(point) && !joins(before, after))
                    || (SELECTORS.get(point) && !isSelectable(before))
                    || (TAGS.get(point) && !flag);
        }

        boolean isLoneMark() {
            return isMark(point) && isBlank(before);
        }
    }

    /// Joiners are valid between letters or emoji, or at the end of a syllable, and never in ASCII.
    private static boolean joins(int before, int after) {
        boolean ends = isBlank(after) || SELECTORS.get(after) || JOINERS.get(after);
        return before > 0x7F && !isBlank(before) && !JOINERS.get(before) && (!ends || isMark(before));
    }

    /// Variation selectors follow the character whose form they choose; in ASCII only digits of
    /// keycaps.
    private static boolean isSelectable(int before) {
        return before > 0x7F
                ? !isBlank(before) && !isListed(before)
                : (before >= '0' && before <= '9') || before == '#' || before == '*';
    }

    private static boolean isListed(int point) {
        return NEVER.get(point) || JOINERS.get(point) || SELECTORS.get(point) || TAGS.get(point);
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) && !SELECTORS.get(point);
    }
}
