package tarn.imports;

/// A file that cannot be imported at all. Nothing of it is taken.
///
/// The detail is for the person who sent the file: plain words that name the place, as
/// `line N, column M` or as a JSON pointer. It quotes no content of the file beyond names of columns.
public final class UnreadableImport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String detail;

    UnreadableImport(String code, String detail) {
        super(code + ": " + detail);
        this.code = code;
        this.detail = detail;
    }

    /// A stable word for programs: `empty`, `malformed-json`, `too-many-items`, ...
    public String code() {
        return code;
    }

    public String detail() {
        return detail;
    }
}
