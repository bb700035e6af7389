package tarn.imports;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The encodings that a file can be said to have, by the names that browsers know them by. Each stands
/// for the widest encoding of its kind, as it does in browsers: shift-jis for that of Windows.
public final class ImportCharsets {
    private static final Map<String, String> CHARSETS = new LinkedHashMap<>();

    static {
        for (String same : List.of("utf-8", "utf-16le", "utf-16be", "windows-1250", "windows-1251", "windows-1252")) {
            CHARSETS.put(same, same);
        }
        CHARSETS.put("shift-jis", "windows-31j");
        CHARSETS.put("gbk", "GB18030");
        CHARSETS.put("euc-kr", "x-windows-949");
    }

    /// As they are written in the contract.
    public static final List<String> NAMES = List.copyOf(CHARSETS.keySet());

    private ImportCharsets() {}

    /// Null when the name is none of [#NAMES]; `UTF-8` and `Shift_JIS` are understood too.
    public static @Nullable Charset of(String name) {
        String charset = CHARSETS.get(name.toLowerCase(Locale.ROOT).replace('_', '-'));
        return charset == null ? null : Charset.forName(charset);
    }
}
