/// Exact arithmetic: evaluates expressions over decimals, without database or state.
///
/// Start reading at [tarn.calculator.Expression], then [tarn.calculator.ExpressionParser] and
/// [tarn.calculator.Evaluation].
@NullMarked
package tarn.calculator;

import org.jspecify.annotations.NullMarked;
