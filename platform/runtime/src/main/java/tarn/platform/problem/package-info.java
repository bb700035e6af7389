/// Refusals and their wire format, problem details (RFC 9457).
///
/// Start reading at [tarn.platform.problem.Refusal]; [tarn.platform.problem.Problem] is its wire
/// format in services and gateway.
@NullMarked
package tarn.platform.problem;

import org.jspecify.annotations.NullMarked;
