package tarn.imports;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tarn.imports.ImportPlan.Severity;

/// A file as text, and how its bytes were understood.
///
/// UTF-8, or UTF-16 with a byte order mark, or else Windows-1252, in which every byte means something.
record FileText(String text, Charset charset, boolean damaged) {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int SAMPLE = 4096;

    /// Decodes the bytes of a file.
    ///
    /// @throws UnreadableImport if the file is empty or is not text
    static FileText of(byte[] file) {
        ImportFormat.refuseForeign(file);
        FileText text = decode(file);
        if (text.text.isBlank()) {
            throw new UnreadableImport("empty", "The file is empty.");
        }
        return text;
    }

    private static FileText decode(byte[] file) {
        if (startsWith(file, 0xFF, 0xFE)) {
            return new FileText(lenient(file, 2, StandardCharsets.UTF_16LE), StandardCharsets.UTF_16LE, false);
        }
        if (startsWith(file, 0xFE, 0xFF)) {
            return new FileText(lenient(file, 2, StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE, false);
        }
        boolean marked = startsWith(file, 0xEF, 0xBB, 0xBF);
        int from = marked ? 3 : 0;
        refuseBinary(file);
        try {
            CharBuffer decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file, from, file.length - from));
            return new FileText(decoded.toString(), StandardCharsets.UTF_8, false);
        } catch (CharacterCodingException notUtf8) {
            String replaced = lenient(file, from, StandardCharsets.UTF_8);
            return marked || mostlyUtf8(replaced)
                    ? new FileText(replaced, StandardCharsets.UTF_8, true)
                    : new FileText(lenient(file, from, WINDOWS_1252), WINDOWS_1252, false);
        }
    }

    boolean looksLikeJson() {
        String head = text.substring(0, Math.min(text.length(), SAMPLE)).stripLeading();
        return head.startsWith("{") || head.startsWith("[");
    }

    void reportCharset(PlanDraft draft) {
        if (damaged) {
            draft.report(
                    PlanDraft.Place.FILE,
                    Severity.ADJUSTED,
                    "damaged-characters",
                    "Some bytes are not valid UTF-8. They were replaced by \uFFFD.");
        } else if (!charset.equals(StandardCharsets.UTF_8)) {
            draft.report(
                    PlanDraft.Place.FILE, Severity.INFO, "charset", "The file was read as " + charset.name() + ".");
        }
    }

    /// Text in an older charset hardly ever forms valid sequences of UTF-8; a damaged file does mostly.
    private static boolean mostlyUtf8(String replaced) {
        int valid = 0;
        int broken = 0;
        for (int at = 0; at < replaced.length(); at++) {
            char c = replaced.charAt(at);
            if (c == '\uFFFD') {
                broken++;
            } else if (c > 127) {
                valid++;
            }
        }
        return valid > broken;
    }

    private static void refuseBinary(byte[] file) {
        int length = Math.min(file.length, SAMPLE);
        int zeros = 0;
        for (int at = 0; at < length; at++) {
            if (file[at] == 0) {
                zeros++;
            }
        }
        if (zeros > length / 10) {
            throw new UnreadableImport(
                    "unsupported-format",
                    "The file is not text. If it is UTF-16, save it with a byte order mark or as UTF-8.");
        }
    }

    private static String lenient(byte[] file, int from, Charset charset) {
        return new String(file, from, file.length - from, charset);
    }

    private static boolean startsWith(byte[] file, int... bytes) {
        if (file.length < bytes.length) {
            return false;
        }
        for (int at = 0; at < bytes.length; at++) {
            if ((file[at] & 0xFF) != bytes[at]) {
                return false;
            }
        }
        return true;
    }
}
