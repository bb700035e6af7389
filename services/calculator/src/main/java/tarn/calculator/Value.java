package tarn.calculator;

/// The value of an expression: a number or a boolean.
sealed interface Value permits Rational, Value.Truth {

    /// Whether the value depends on no approximation.
    boolean exact();

    /// The value, no longer exact if the argument is false.
    Value resting(boolean exactly);

    /// The result of a comparison.
    record Truth(boolean holds, boolean exact) implements Value {
        @Override
        public Truth resting(boolean exactly) {
            return new Truth(holds, exact && exactly);
        }
    }
}
