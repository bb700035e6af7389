/// HTTP building blocks of all resources: strict JSON, merge patch, entity tags, keyset pages and
/// idempotency keys.
@NullMarked
package tarn.platform.http;

import org.jspecify.annotations.NullMarked;
