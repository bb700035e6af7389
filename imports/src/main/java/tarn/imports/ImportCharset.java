package tarn.imports;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The charsets in which a file can be read.
public enum ImportCharset {
    UTF_8("UTF-8", StandardCharsets.UTF_8),
    /// With a byte order mark or without one.
    UTF_16("UTF-16", StandardCharsets.UTF_16),
    /// Polish, Czech, Hungarian and others.
    WINDOWS_1250("Windows-1250", Charset.forName("windows-1250")),
    /// Cyrillic.
    WINDOWS_1251("Windows-1251", Charset.forName("windows-1251")),
    /// Western Europe.
    WINDOWS_1252("Windows-1252", Charset.forName("windows-1252")),
    /// Japanese, with what Windows added.
    SHIFT_JIS("Shift_JIS", Charset.forName("windows-31j")),
    /// Chinese, with what GB 18030 added.
    GBK("GBK", Charset.forName("GB18030")),
    /// Korean, with what Windows added.
    EUC_KR("EUC-KR", Charset.forName("x-windows-949"));

    private final String label;
    private final Charset charset;

    ImportCharset(String label, Charset charset) {
        this.label = label;
        this.charset = charset;
    }

    /// As in requests: `utf-8`, `windows-1252`, `shift-jis`, ...
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// As people know it: `UTF-8`, `Shift_JIS`, ...
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
