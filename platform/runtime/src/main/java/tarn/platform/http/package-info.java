/// What every resource shares over HTTP: strict JSON, merge-patch, versions as entity tags, pages by
/// keyset, and POST requests that may be repeated.
@NullMarked
package tarn.platform.http;

import org.jspecify.annotations.NullMarked;
