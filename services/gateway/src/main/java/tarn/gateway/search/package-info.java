/// The search over all services.
///
/// Start reading at [SearchResource]; each service searches what it keeps.
@NullMarked
package tarn.gateway.search;

import org.jspecify.annotations.NullMarked;
