/// Full-text search: the rules by which texts and queries become tokens, the same for all services.
///
/// Start reading at [tarn.platform.search.TokenRules].
@NullMarked
package tarn.platform.search;

import org.jspecify.annotations.NullMarked;
