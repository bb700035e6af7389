package tarn.calculator;

import java.util.List;
import java.util.stream.Collectors;

/// A parsed expression as a tree, whose nodes know their position in the text (0-based, in UTF-16
/// code units) for error messages.
sealed interface Expression {

    /// The position; of a node with operands that of its operator or name.
    int at();

    /// Precedence: operands of lower precedence get parentheses.
    int tightness();

    /// The canonical form, which parses to an equal tree but for positions, unless added blanks
    /// make it longer than an expression may be.
    String canonical();

    /// A literal.
    ///
    /// @param digits as written, in canonical form
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

    /// A unary minus.
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

    /// A binary operation.
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

    /// A function call.
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

    /// Precedence of nodes that need no parentheses.
    int ATOM = 6;

    private static String parenthesised(Expression part, boolean loose) {
        return loose ? '(' + part.canonical() + ')' : part.canonical();
    }
}
