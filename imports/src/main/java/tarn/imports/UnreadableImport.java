package tarn.imports;

/// Refusal of a whole import file.
///
/// The detail is for the user who sent it: it names the location, as `line N, column M` or a JSON
/// pointer, and quotes no content but column names.
public final class UnreadableImport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String detail;

    UnreadableImport(String code, String detail) {
        super(code + ": " + detail);
        this.code = code;
        this.detail = detail;
    }

    /// Stable, for programs: `empty`, `malformed-json`, `too-many-items`, ...
    public String code() {
        return code;
    }

    public String detail() {
        return detail;
    }
}
