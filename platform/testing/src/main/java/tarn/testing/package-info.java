/// Test support: PostgreSQL, signed tokens, an HTTP client, a settable clock, fake services, a
/// faulty network, and the house rules.
@NullMarked
package tarn.testing;

import org.jspecify.annotations.NullMarked;
