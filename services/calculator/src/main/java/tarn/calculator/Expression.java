package tarn.calculator;

import java.util.List;
import java.util.stream.Collectors;

/// What was asked for, as a tree. Each part knows where in the text it stands (0-based, in UTF-16 code
/// units), for whoever has to say what is wrong with it.
sealed interface Expression {

    /// Where it stands: for what has operands, where its operator or name is.
    int at();

    /// How tight it holds together: looser operands get parentheses.
    int tightness();

    /// The one way in which it is written: parseable again, to an equal tree but for the places, unless the
    /// blanks in it make it longer than an expression may be.
    String canonical();

    /// A literal.
    ///
    /// @param digits as written, without what makes no difference
    record Literal(Rational value, String digits, int at) implements Expression {
        @Override
        public int tightness() {
            return ATOM;
        }

        @Override
        public String canonical() {
            return digits;
        }
    }

    /// A variable.
    record Name(String name, int at) implements Expression {
        @Override
        public int tightness() {
            return ATOM;
        }

        @Override
        public String canonical() {
            return name;
        }
    }

    /// A minus sign before something.
    record Negation(Expression operand, int at) implements Expression {
        @Override
        public int tightness() {
            return Operator.SIGN;
        }

        @Override
        public String canonical() {
            return '-' + parenthesised(operand, operand.tightness() < Operator.SIGN);
        }
    }

    /// Two operands and what is between them.
    record Binary(Operator operator, Expression left, Expression right, int at) implements Expression {
        @Override
        public int tightness() {
            return operator.tightness();
        }

        @Override
        public String canonical() {
            int own = operator.tightness();
            boolean power = operator == Operator.POWER;
            boolean looseLeft = power ? left.tightness() <= own : left.tightness() < own;
            boolean looseRight = power ? right.tightness() < Operator.SIGN : right.tightness() <= own;
            return parenthesised(left, looseLeft) + ' ' + operator.symbol() + ' ' + parenthesised(right, looseRight);
        }
    }

    /// A function and its arguments.
    record Call(Function function, List<Expression> arguments, int at) implements Expression {
        @Override
        public int tightness() {
            return ATOM;
        }

        @Override
        public String canonical() {
            return arguments.stream()
                    .map(Expression::canonical)
                    .collect(Collectors.joining(", ", function.symbol() + '(', ")"));
        }
    }

    /// How tight what needs no parentheses holds together.
    int ATOM = 6;

    private static String parenthesised(Expression part, boolean loose) {
        return loose ? '(' + part.canonical() + ')' : part.canonical();
    }
}
