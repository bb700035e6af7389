package tarn.calculator;

/// An error in an expression; an expected result, and so thrown without a stack trace.
final class Fault extends RuntimeException {

    private final String code;
    private final int at;

    /// @param code stable, kebab-case
    /// @param at position in the expression, 0-based in UTF-16 code units
    Fault(String code, String detail, int at) {
        super(detail, null, false, false);
        this.code = code;
        this.at = at;
    }

    String code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    int at() {
        return at;
    }
}
