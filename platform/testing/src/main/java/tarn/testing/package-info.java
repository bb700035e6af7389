/// What tests stand on: a real PostgreSQL, signed callers, an HTTP client, a settable clock, other
/// services and the network to them as a test wants them, and the house rules.
@NullMarked
package tarn.testing;

import org.jspecify.annotations.NullMarked;
