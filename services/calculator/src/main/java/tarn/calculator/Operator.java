package tarn.calculator;

/// The binary operators of expressions with their precedence; all but the power are
/// left-associative.
enum Operator {
    EQUAL("=", 1, "equal"),
    UNEQUAL("!=", 1, "not equal"),
    LESS("<", 1, "less than"),
    AT_MOST("<=", 1, "at most"),
    MORE(">", 1, "more than"),
    AT_LEAST(">=", 1, "at least"),
    PLUS("+", 2, "sum"),
    MINUS("-", 2, "difference"),
    TIMES("*", 3, "product"),
    DIVIDED_BY("/", 3, "quotient, exact"),
    REMAINDER("%", 3, "remainder, with the sign of the dividend"),
    POWER("^", 5, "power with a whole exponent, grouped from the right");

    /// Precedence of a unary sign: between product and power, so that -2^2 is -4.
    static final int SIGN = 4;

    private final String symbol;
    private final int precedence;
    private final String meaning;

    Operator(String symbol, int precedence, String meaning) {
        this.symbol = symbol;
        this.precedence = precedence;
        this.meaning = meaning;
    }

    String symbol() {
        return symbol;
    }

    int precedence() {
        return precedence;
    }

    String meaning() {
        return meaning;
    }

    boolean compares() {
        return precedence == EQUAL.precedence;
    }
}
