package tarn.imports;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Guesses the charset of a text that is not UTF-8 from a sample of at most 32 KiB of its non-ASCII
/// lines.
final class CharsetGuess {
    private static final int MAX_SAMPLE = 32 * 1024;
    private static final int MAX_LINE = 2 * 1024;

    /// The detector's confidence for a multi-byte charset when it has seen too few letters.
    private static final int TOO_FEW_LETTERS = 10;

    private static final Map<String, ImportCharset> BY_NAME = Map.of(
            "windows-1252", ImportCharset.WINDOWS_1252,
            "ISO-8859-1", ImportCharset.WINDOWS_1252,
            "windows-1250", ImportCharset.WINDOWS_1250,
            "ISO-8859-2", ImportCharset.WINDOWS_1250,
            "windows-1251", ImportCharset.WINDOWS_1251,
            "Shift_JIS", ImportCharset.SHIFT_JIS,
            "GB18030", ImportCharset.GBK,
            "EUC-KR", ImportCharset.EUC_KR);
    private static final Set<ImportCharset> SEVERAL_BYTES =
            EnumSet.of(ImportCharset.SHIFT_JIS, ImportCharset.GBK, ImportCharset.EUC_KR);

    /// Letters of German, Scandinavian languages, French, Spanish, Portuguese, Italian and Dutch; and of
    /// Polish, Czech and Slovak, Hungarian, Romanian, Croatian and Slovenian.
    private static final Map<ImportCharset, List<String>> ALPHABETS = Map.of(
            ImportCharset.WINDOWS_1252,
            List.of("äöüßé", "åäöæøéü", "àâæçéèêëîïôœùûüÿ", "áéíñóúüç", "áâãàçéêíóôõúü", "àèéìíîòóùú", "éëïöüèêç"),
            ImportCharset.WINDOWS_1250,
            List.of("ąćęłńóśźż", "áčďéěíňóřšťúůýžäĺľôŕ", "áéíóöőúüű", "ăâîşţ", "čćđšž"));

    private static final String SIGNS = "’‘‚“”„«»‹›–—…€£°·§©®™×•½¼²³ªº¡¿\u00a0\u00ad";

    private CharsetGuess() {}

    static ImportCharset of(ImportFile file) throws IOException {
        byte[] sample = sample(file);
        if (hasKana(sample)) {
            return ImportCharset.SHIFT_JIS;
        }
        ImportCharset best = null;
        for (CharsetMatch match : new CharsetDetector().setText(sample).detectAll()) {
            ImportCharset known = BY_NAME.get(match.getName());
            boolean surer =
                    known != null && (!SEVERAL_BYTES.contains(known) || match.getConfidence() > TOO_FEW_LETTERS);
            if (surer) {
                best = known;
                break;
            }
        }
        if (best != null && SEVERAL_BYTES.contains(best)) {
            return best;
        }
        for (ImportCharset european : List.of(ImportCharset.WINDOWS_1252, ImportCharset.WINDOWS_1250)) {
            if (isOneLanguage(sample, european)) {
                return european;
            }
        }
        ImportCharset pairs = pairs(sample);
        return pairs != null ? pairs : best != null ? best : ImportCharset.WINDOWS_1252;
    }

    /// Whether all non-ASCII letters belong to one language, and all other non-ASCII characters are
    /// common.
    private static boolean isOneLanguage(byte[] sample, ImportCharset charset) {
        Set<Integer> letters = new HashSet<>();
        String text = new String(sample, charset.charset()).toLowerCase(Locale.ROOT);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c > 127 && SIGNS.indexOf(c) < 0) {
                letters.add((int) c);
            }
        }
        return ALPHABETS.getOrDefault(charset, List.of()).stream()
                .anyMatch(alphabet -> letters.stream().allMatch(letter -> alphabet.indexOf(letter) >= 0));
    }

    /// Lines with non-ASCII bytes, up to the size of the sample.
    private static byte[] sample(ImportFile file) throws IOException {
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        boolean isAscii = true;
        byte[] chunk = new byte[MAX_SAMPLE];
        try (InputStream bytes = file.open()) {
            for (int read = bytes.read(chunk); read >= 0 && sample.size() < MAX_SAMPLE; read = bytes.read(chunk)) {
                for (int at = 0; at < read; at++) {
                    line[length++] = chunk[at];
                    isAscii &= chunk[at] >= 0;
                    if (chunk[at] == '\n' || length == MAX_LINE) {
                        sample.write(line, 0, isAscii ? 0 : length);
                        length = 0;
                        isAscii = true;
                    }
                }
            }
        }
        sample.write(line, 0, isAscii ? 0 : length);
        return sample.toByteArray();
    }

    /// Whether the bytes are Shift_JIS with Hiragana or Katakana.
    private static boolean hasKana(byte[] sample) {
        String text = decoded(sample, ImportCharset.SHIFT_JIS.charset());
        return text != null && text.chars().anyMatch(c -> c >= 0x3041 && c <= 0x30FA);
    }

    /// Detects Chinese or Korean: non-ASCII bytes come in pairs, nearly all with a common lead
    /// byte.
    private static @Nullable ImportCharset pairs(byte[] sample) {
        int pairs = 0;
        int hangul = 0;
        int hanzi = 0;
        int at = 0;
        while (at < sample.length) {
            if (sample[at] >= 0) {
                at++;
                continue;
            }
            if (at + 1 == sample.length || sample[at + 1] >= 0) {
                return null;
            }
            int lead = sample[at] & 0xFF;
            pairs++;
            hangul += lead >= 0xB0 && lead <= 0xC8 ? 1 : 0;
            hanzi += lead >= 0xB0 && lead <= 0xD7 ? 1 : 0;
            at += 2;
        }
        if (pairs < 2 || hanzi < 0.9 * pairs) {
            return null;
        }
        return hangul == pairs ? ImportCharset.EUC_KR : ImportCharset.GBK;
    }

    /// Detects UTF-16 without a byte order mark: nearly all structural characters have a zero byte
    /// on the same side.
    static @Nullable Charset utf16(byte[] head) {
        int little = 0;
        int big = 0;
        int single = 0;
        for (int at = 0; at + 1 < head.length; at += 2) {
            boolean first = isStructure(head[at]);
            boolean second = isStructure(head[at + 1]);
            little += first && head[at + 1] == 0 ? 1 : 0;
            big += second && head[at] == 0 ? 1 : 0;
            single += (first && head[at + 1] != 0) || (second && head[at] != 0) ? 1 : 0;
        }
        if (Math.max(little, big) <= 2 * (single + Math.min(little, big))) {
            return null;
        }
        Charset charset = little > big ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        byte[] even = head.length % 2 == 0 ? head : Arrays.copyOf(head, head.length - 1);
        return decoded(even, charset) == null ? null : charset;
    }

    private static boolean isStructure(byte b) {
        return b == '\n' || b == ',' || b == ';' || b == '\t' || b == '"' || b == ' ' || b == '{';
    }

    private static @Nullable String decoded(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException other) {
            return null;
        }
    }
}
