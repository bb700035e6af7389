package tarn.calculator;

/// What an expression comes to.
sealed interface Value permits Rational, Value.Truth {

    /// Whether it is the value that was asked for, and does not rest on one near it.
    boolean exact();

    /// The same value, resting on something else as well.
    Value resting(boolean exactly);

    /// Whether a comparison holds.
    record Truth(boolean holds, boolean exact) implements Value {
        @Override
        public Truth resting(boolean exactly) {
            return new Truth(holds, exact && exactly);
        }
    }
}
