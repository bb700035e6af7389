package tarn.calculator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses an expression in one pass by precedence climbing, within limits on length, nesting, parts
/// and digits.
final class ExpressionParser {

    /// Length of an expression in UTF-16 code units.
    static final int MAX_LENGTH = 5_000;

    /// Nesting of parentheses, calls, signs and powers.
    static final int MAX_DEPTH = 100;

    /// Numbers, names, operators and calls of an expression.
    static final int MAX_PARTS = 1_000;

    /// Digits of a number, including zeros from an exponent.
    static final int MAX_DIGITS = 300;

    /// A number with more decimal places or trailing zeros is written with an exponent.
    private static final int MAX_PLAIN_SCALE = 30;

    private final String text;
    private int at;
    private int depth;
    private int parts;

    private ExpressionParser(String text) {
        this.text = text;
    }

    /// @throws Fault `too-long`, `too-deep`, `too-many-digits`, `unknown-function`,
    /// `wrong-argument-count` or `syntax`, with its position
    static Expression parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new Fault("too-long", "An expression has at most " + MAX_LENGTH + " characters.", MAX_LENGTH);
        }
        ExpressionParser parser = new ExpressionParser(text);
        Expression whole = parser.operation(0);
        parser.skipBlanks();
        if (parser.at < text.length()) {
            throw parser.expected("an operator or the end");
        }
        return whole;
    }

    /// Parses operands joined by operators of higher precedence than the given one.
    private Expression operation(int looser) {
        Expression left = signed();
        while (true) {
            skipBlanks();
            int place = at;
            Operator operator = operatorHere();
            if (operator == null || operator == Operator.POWER || operator.precedence() <= looser) {
                return left;
            }
            at = place + lengthOf(operator, place);
            left = counted(new Expression.Binary(operator, left, operation(operator.precedence()), place));
        }
    }

    private Expression signed() {
        skipBlanks();
        int place = at;
        if (takeMinus()) {
            enter(place);
            Expression negation = counted(new Expression.Negation(signed(), place));
            depth--;
            return negation;
        }
        if (take('+')) {
            enter(place);
            Expression operand = signed();
            depth--;
            return operand;
        }
        return power();
    }

    private Expression power() {
        Expression base = atom();
        skipBlanks();
        int place = at;
        if (!take('^')) {
            return base;
        }
        enter(place);
        Expression power = counted(new Expression.Binary(Operator.POWER, base, signed(), place));
        depth--;
        return power;
    }

    private Expression atom() {
        skipBlanks();
        int place = at;
        if (take('(')) {
            enter(place);
            Expression inner = operation(0);
            close(place);
            depth--;
            return inner;
        }
        if (at < text.length()) {
            int point = text.codePointAt(at);
            if (isDigit(point) || point == '.') {
                return number();
            }
            if (Character.isLetter(point) || point == '_') {
                return named();
            }
        }
        throw expected("a number, a name or a parenthesis");
    }

    private Expression number() {
        int begin = at;
        skipDigits();
        if (take('.')) {
            skipDigits();
        }
        if (at == begin + 1 && text.charAt(begin) == '.') {
            at = begin;
            throw expected("a digit");
        }
        String written = text.substring(begin, at);
        // A leading point counts as a digit: the canonical form puts a 0 before it.
        int digits = written.length() - (written.indexOf('.') > 0 ? 1 : 0);
        int exponent = exponent();
        if (digits + Math.abs(exponent) > MAX_DIGITS) {
            throw new Fault("too-many-digits", "A number has at most " + MAX_DIGITS + " digits.", begin);
        }
        if (at < text.length() && (Character.isLetter(text.codePointAt(at)) || text.charAt(at) == '_')) {
            throw expected("an operator");
        }
        BigDecimal value = new BigDecimal(written).scaleByPowerOfTen(exponent);
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return counted(new Expression.Literal(Rational.of(plain), digits(plain), begin));
    }

    /// Plain digits, or with an exponent when that is much shorter.
    private static String digits(BigDecimal number) {
        return Math.abs(number.scale()) > MAX_PLAIN_SCALE
                ? number.unscaledValue() + "e" + -number.scale()
                : number.toPlainString();
    }

    /// The exponent as in `1e3`; 0 for none. An `e` without a digit after it belongs to the next
    /// token.
    private int exponent() {
        if (at >= text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
            return 0;
        }
        int begin = at++;
        boolean negative = takeMinus();
        if (!negative) {
            take('+');
        }
        int digits = at;
        skipDigits();
        if (at == digits) {
            at = begin;
            return 0;
        }
        int size = at - digits > 4 ? MAX_DIGITS + 1 : Integer.parseInt(text.substring(digits, at));
        return negative ? -size : size;
    }

    private Expression named() {
        int begin = at;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (!Character.isLetterOrDigit(point) && point != '_' && !isMark(point)) {
                break;
            }
            at += Character.charCount(point);
        }
        String name = text.substring(begin, at);
        skipBlanks();
        return at < text.length() && text.charAt(at) == '('
                ? call(name, begin)
                : counted(new Expression.Name(name, begin));
    }

    private Expression call(String name, int begin) {
        Function function = Function.named(name)
                .orElseThrow(() -> new Fault("unknown-function", "There is no function " + name + ".", begin));
        int open = at++;
        enter(open);
        List<Expression> arguments = new ArrayList<>();
        skipBlanks();
        if (at >= text.length() || text.charAt(at) != ')') {
            do {
                arguments.add(operation(0));
                skipBlanks();
            } while (take(','));
        }
        close(open);
        depth--;
        if (arguments.size() < function.minArguments() || arguments.size() > function.maxArguments()) {
            throw new Fault("wrong-argument-count", takes(function), begin);
        }
        return counted(new Expression.Call(function, List.copyOf(arguments), begin));
    }

    private static String takes(Function function) {
        String count = function.maxArguments() == Function.MANY
                ? "at least " + function.minArguments()
                : function.minArguments() == function.maxArguments()
                        ? String.valueOf(function.minArguments())
                        : function.minArguments() + " or " + function.maxArguments();
        return function.symbol() + " takes " + count
                + (count.endsWith(" 1") || count.equals("1") ? " argument." : " arguments.");
    }

    private @Nullable Operator operatorHere() {
        if (at >= text.length()) {
            return null;
        }
        boolean equalFollows = at + 1 < text.length() && text.charAt(at + 1) == '=';
        return switch (text.charAt(at)) {
            case '+' -> Operator.PLUS;
            case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2212', '\ufe63', '\uff0d' -> Operator.MINUS;
            case '*', '\u00d7', '\u00b7', '\u22c5', '\u2217' -> Operator.TIMES;
            case '/', '\u00f7', '\u2044', '\u2215' -> Operator.DIVIDED_BY;
            case '%' -> Operator.REMAINDER;
            case '^' -> Operator.POWER;
            case '=' -> Operator.EQUAL;
            case '!' -> equalFollows ? Operator.UNEQUAL : null;
            case '\u2260' -> Operator.UNEQUAL;
            case '<' -> equalFollows ? Operator.AT_MOST : Operator.LESS;
            case '\u2264' -> Operator.AT_MOST;
            case '>' -> equalFollows ? Operator.AT_LEAST : Operator.MORE;
            case '\u2265' -> Operator.AT_LEAST;
            default -> null;
        };
    }

    /// The length of an operator at a position, up to two characters; `==` counts as `=`.
    private int lengthOf(Operator operator, int place) {
        boolean equalFollows = place + 1 < text.length() && text.charAt(place + 1) == '=';
        return operator.compares() && equalFollows && text.charAt(place) < 128 ? 2 : 1;
    }

    private void close(int open) {
        skipBlanks();
        if (!take(')')) {
            if (at >= text.length()) {
                throw new Fault("syntax", "This parenthesis is not closed.", open);
            }
            throw expected("an operator or )");
        }
    }

    private void enter(int place) {
        if (++depth > MAX_DEPTH) {
            throw new Fault("too-deep", "An expression nests at most " + MAX_DEPTH + " deep.", place);
        }
    }

    private Expression counted(Expression part) {
        if (++parts > MAX_PARTS) {
            throw new Fault("too-long", "An expression has at most " + MAX_PARTS + " parts.", part.at());
        }
        return part;
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /// Accepts a minus sign, also as a hyphen or the en dash of word processors.
    private boolean takeMinus() {
        boolean isMinus = operatorHere() == Operator.MINUS;
        if (isMinus) {
            at++;
        }
        return isMinus;
    }

    private void skipDigits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    /// Also no-break and zero-width blanks, which come with copied text.
    private static boolean isBlank(char letter) {
        return Character.isWhitespace(letter)
                || Character.isSpaceChar(letter)
                || (letter >= '\u200b' && letter <= '\u200f')
                || letter == '\u2060'
                || letter == '\ufeff';
    }

    /// Whether it is a combining mark.
    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private static boolean isDigit(int point) {
        return point >= '0' && point <= '9';
    }

    private Fault expected(String what) {
        String found = at >= text.length() ? "the end" : "“" + Character.toString(text.codePointAt(at)) + "”";
        return new Fault("syntax", "Expected " + what + ", found " + found + ".", at);
    }
}
