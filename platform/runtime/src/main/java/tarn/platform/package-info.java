/// What every service stands on: values and mechanisms without a word of any domain.
///
/// Start reading at [tarn.platform.problem.Refusal], the one way to say no, then
/// [tarn.platform.security.Caller], who is asking.
@NullMarked
package tarn.platform;

import org.jspecify.annotations.NullMarked;
