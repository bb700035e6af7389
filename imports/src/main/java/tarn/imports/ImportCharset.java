package tarn.imports;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The supported charsets of import files.
public enum ImportCharset {
    UTF_8("UTF-8", StandardCharsets.UTF_8),
    /// With or without a byte order mark.
    UTF_16("UTF-16", StandardCharsets.UTF_16),
    /// Central Europe: Polish, Czech, Hungarian and others.
    WINDOWS_1250("Windows-1250", Charset.forName("windows-1250")),
    /// Cyrillic.
    WINDOWS_1251("Windows-1251", Charset.forName("windows-1251")),
    /// Western Europe.
    WINDOWS_1252("Windows-1252", Charset.forName("windows-1252")),
    /// Japanese, with the extensions of Windows.
    SHIFT_JIS("Shift_JIS", Charset.forName("windows-31j")),
    /// Chinese, with the extensions of GB 18030.
    GBK("GBK", Charset.forName("GB18030")),
    /// Korean, with the extensions of Windows.
    EUC_KR("EUC-KR", Charset.forName("x-windows-949"));

    private final String label;
    private final Charset charset;

    ImportCharset(String label, Charset charset) {
        this.label = label;
        this.charset = charset;
    }

    /// The name in requests: `utf-8`, `windows-1252`, `shift-jis`, ...
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The name to show: `UTF-8`, `Shift_JIS`, ...
    public String label() {
        return label;
    }

    Charset charset() {
        return charset;
    }

    static String all() {
        return Arrays.stream(values()).map(ImportCharset::text).collect(Collectors.joining(", "));
    }
}
