package tarn.imports;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportPlan.Severity;

/// Decodes a file as a stream with a detected or given charset, never holding the whole text in
/// memory.
final class FileText {
    private static final int SAMPLE_BYTES = 4096;
    private static final int CHUNK = 32 * 1024;
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final ImportFile file;
    private final Charset charset;
    private final ImportCharset known;
    private final boolean isGuess;
    private final int markLength;
    private final Decoding decoding;

    /// Statistics of decoding the whole file.
    ///
    /// @param letters number of non-ASCII characters
    /// @param broken number of byte sequences invalid in the charset
    private record Decoding(boolean blank, long letters, long broken) {}

    private FileText(
            ImportFile file, Charset charset, ImportCharset known, boolean isGuess, int markLength, Decoding decoding) {
        this.file = file;
        this.charset = charset;
        this.known = known;
        this.isGuess = isGuess;
        this.markLength = markLength;
        this.decoding = decoding;
    }

    /// Detects the charset of a file.
    ///
    /// @param wanted null to detect it
    /// @throws UnreadableImport when the file is empty, is not text, or has an unsupported text
    /// format
    static FileText of(ImportFile file, @Nullable ImportCharset wanted) throws IOException {
        byte[] head = head(file);
        ImportFormat.refuseForeign(new String(head, StandardCharsets.ISO_8859_1));
        FileText text = decoded(file, head, wanted);
        if (text.decoding.blank()) {
            throw new UnreadableImport("empty", "The file is empty.");
        }
        ImportFormat.refuseForeign(text.head(SAMPLE_BYTES));
        return text;
    }

    private static FileText decoded(ImportFile file, byte[] head, @Nullable ImportCharset wanted) throws IOException {
        boolean marked = startsWith(head, UTF_8_MARK);
        if (wanted != null && wanted != ImportCharset.UTF_16) {
            return as(file, wanted, false, marked ? 3 : 0);
        }
        if (startsWith(head, (byte) 0xFF, (byte) 0xFE)) {
            return as(file, StandardCharsets.UTF_16LE, ImportCharset.UTF_16, false, 2);
        }
        if (startsWith(head, (byte) 0xFE, (byte) 0xFF)) {
            return as(file, StandardCharsets.UTF_16BE, ImportCharset.UTF_16, false, 2);
        }
        Charset utf16 = CharsetGuess.utf16(head);
        if (utf16 != null || wanted != null) {
            return as(file, utf16 == null ? StandardCharsets.UTF_16LE : utf16, ImportCharset.UTF_16, false, 0);
        }
        refuseBinary(head);
        FileText utf8 = as(file, ImportCharset.UTF_8, false, marked ? 3 : 0);
        // Text in an older charset hardly ever forms valid sequences of UTF-8; a damaged file mostly does.
        boolean isUtf8 = marked || utf8.decoding.broken() == 0 || utf8.decoding.letters() > utf8.decoding.broken();
        return isUtf8 ? utf8 : as(file, CharsetGuess.of(file), true, 0);
    }

    private static FileText as(ImportFile file, ImportCharset charset, boolean isGuess, int markLength)
            throws IOException {
        return as(file, charset.charset(), charset, isGuess, markLength);
    }

    private static FileText as(ImportFile file, Charset charset, ImportCharset known, boolean isGuess, int markLength)
            throws IOException {
        return new FileText(file, charset, known, isGuess, markLength, decode(file, charset, markLength));
    }

    /// Opens the text, for the caller to close; invalid bytes become U+FFFD.
    Reader open() throws IOException {
        return new BufferedReader(new InputStreamReader(openAfterMark(file, markLength), charset), CHUNK);
    }

    /// The start of the text, up to a number of characters.
    String head(int characters) throws IOException {
        char[] head = new char[characters];
        int length = 0;
        try (Reader text = open()) {
            for (int read = text.read(head); read > 0; read = text.read(head, length, characters - length)) {
                length += read;
            }
        }
        return new String(head, 0, length);
    }

    /// The charset used.
    ImportCharset charset() {
        return known;
    }

    /// Whether the charset is neither given nor certain from the bytes.
    boolean isGuess() {
        return isGuess;
    }

    /// Whether this is only the start of a file.
    boolean isCut() {
        return file.isCut();
    }

    boolean looksLikeJson() throws IOException {
        String head = head(SAMPLE_BYTES).stripLeading();
        return head.startsWith("{") || head.startsWith("[");
    }

    void reportCharset(PlanDraft draft) {
        if (decoding.broken() > 0) {
            draft.report(
                    PlanDraft.SourceLocation.FILE,
                    Severity.ADJUSTED,
                    "damaged-characters",
                    "Some bytes mean nothing in " + known.label() + ". They were replaced by \uFFFD.");
        }
        if (isGuess) {
            draft.report(
                    PlanDraft.SourceLocation.FILE,
                    Severity.ADJUSTED,
                    "charset",
                    "The file does not tell its charset." + adviceOnCharset());
        } else if (!charset.equals(StandardCharsets.UTF_8)) {
            draft.report(
                    PlanDraft.SourceLocation.FILE,
                    Severity.INFO,
                    "charset",
                    "The file was read as " + known.label() + ".");
        }
    }

    /// How to choose another charset when this one is a guess.
    String adviceOnCharset() {
        return isGuess
                ? " It was read as " + known.label()
                        + ". If letters look wrong, import it again with another charset=, one of "
                        + ImportCharset.all() + "."
                : "";
    }

    private static Decoding decode(ImportFile file, Charset charset, int markLength) throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        CharBuffer characters = CharBuffer.allocate(CHUNK);
        boolean blank = true;
        long letters = 0;
        long broken = 0;
        try (InputStream input = openAfterMark(file, markLength)) {
            boolean ended = false;
            while (!ended) {
                int read = input.read(bytes.array(), bytes.position(), bytes.remaining());
                ended = read < 0;
                bytes.position(bytes.position() + Math.max(read, 0)).flip();
                CoderResult result = CoderResult.OVERFLOW;
                while (result.isError() || result.isOverflow()) {
                    result = decoder.decode(bytes, characters, ended);
                    if (result.isError()) {
                        broken++;
                        bytes.position(bytes.position() + result.length());
                    }
                    characters.flip();
                    while (characters.hasRemaining()) {
                        char c = characters.get();
                        blank &= Character.isWhitespace(c);
                        letters += c > 127 ? 1 : 0;
                    }
                    characters.clear();
                }
                bytes.compact();
            }
        }
        return new Decoding(blank && broken == 0, letters, broken);
    }

    private static InputStream openAfterMark(ImportFile file, int markLength) throws IOException {
        InputStream bytes = file.open();
        bytes.skipNBytes(markLength);
        return bytes;
    }

    private static byte[] head(ImportFile file) throws IOException {
        try (InputStream bytes = file.open()) {
            return bytes.readNBytes(SAMPLE_BYTES);
        }
    }

    private static void refuseBinary(byte[] head) {
        int zeros = 0;
        for (byte b : head) {
            zeros += b == 0 ? 1 : 0;
        }
        if (zeros > head.length / 10) {
            throw new UnreadableImport("unsupported-format", "The file is not text. If it is, save it as UTF-8.");
        }
    }

    private static boolean startsWith(byte[] head, byte... bytes) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int at = 0; at < bytes.length; at++) {
            if (head[at] != bytes[at]) {
                return false;
            }
        }
        return true;
    }
}
