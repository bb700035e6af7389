/// Exact decimals: an expression goes in, its exact value comes out. No database, no state.
///
/// Start reading at [tarn.calculator.Expression], then [tarn.calculator.ExpressionParser] and
/// [tarn.calculator.Evaluation].
@NullMarked
package tarn.calculator;

import org.jspecify.annotations.NullMarked;
