/// How an expected "no" is said and how it looks on the wire (RFC 9457).
///
/// Start reading at [tarn.platform.problem.Refusal]; [tarn.platform.problem.Problem] is its one
/// picture, for the services and for the gateway alike.
@NullMarked
package tarn.platform.problem;

import org.jspecify.annotations.NullMarked;
