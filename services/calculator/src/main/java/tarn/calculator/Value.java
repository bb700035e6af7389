package tarn.calculator;

/// What an expression comes to.
sealed interface Value permits Rational, Value.Truth {

    /// Whether a comparison holds.
    record Truth(boolean holds) implements Value {}
}
