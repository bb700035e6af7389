/// The GraphQL API over all services.
///
/// Start reading at [Graph], which defines where each field comes from; [GraphResource] is its
/// HTTP, [QueryLimits] its limits, [Loaders] its calls to services.
@NullMarked
package tarn.gateway.graph;

import org.jspecify.annotations.NullMarked;
