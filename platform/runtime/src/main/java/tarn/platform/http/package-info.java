/// HTTP building blocks of all resources: strict JSON, merge patch, entity tags, keyset pages,
/// idempotency keys, and connections of clients that do not read.
@NullMarked
package tarn.platform.http;

import org.jspecify.annotations.NullMarked;
