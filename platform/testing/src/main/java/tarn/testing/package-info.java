/// What tests stand on: a real PostgreSQL, signed callers, an HTTP client, a settable clock, and the
/// house rules.
@NullMarked
package tarn.testing;

import org.jspecify.annotations.NullMarked;
