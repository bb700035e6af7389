/// The platform: domain-free values and mechanisms that every service uses.
///
/// Start reading at [tarn.platform.problem.Refusal], the one way to refuse a request, then
/// [tarn.platform.security.Caller].
@NullMarked
package tarn.platform;

import org.jspecify.annotations.NullMarked;
