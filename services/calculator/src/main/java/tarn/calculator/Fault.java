package tarn.calculator;

/// Why an expression has no value. Expected, and thrown without a stack: it is an answer.
final class Fault extends RuntimeException {

    private final String code;
    private final int at;

    /// @param code stable, kebab-case
    /// @param at where in the expression, 0-based in UTF-16 code units
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
