package tarn.calculator;

import java.util.List;
import java.util.stream.Collectors;

/// A parsed expression as a tree, whose nodes know their position in the text (0-based, in UTF-16
/// code units) for error messages.
sealed interface Expression {

    /// The position; of a node with operands that of its operator or name.
    int at();

    /// Precedence: operands of lower precedence get parentheses.
    int precedence();

    /// The canonical form, which parses to an equal tree but for positions, unless added blanks
    /// make it longer than an expression may be.
    String canonical();

    /// A literal.
    ///
    /// @param digits as written, in canonical form
    record Literal(Rational value, String digits, int at) implements Expression {
        @Override
        public int precedence() {
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
        public int precedence() {
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
        public int precedence() {
            return Operator.SIGN;
        }

        @Override
        public String canonical() {
            return '-' + parenthesised(operand, operand.precedence() < Operator.SIGN);
        }
    }

    /// A binary operation.
    record Binary(Operator operator, Expression left, Expression right, int at) implements Expression {
        @Override
        public int precedence() {
            return operator.precedence();
        }

        @Override
        public String canonical() {
            int own = operator.precedence();
            boolean power = operator == Operator.POWER;
            boolean looseLeft = power ? left.precedence() <= own : left.precedence() < own;
            boolean looseRight = power ? right.precedence() < Operator.SIGN : right.precedence() <= own;
            return parenthesised(left, looseLeft) + ' ' + operator.symbol() + ' ' + parenthesised(right, looseRight);
        }
    }

    /// A function call.
    record Call(Function function, List<Expression> arguments, int at) implements Expression {
        @Override
        public int precedence() {
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
