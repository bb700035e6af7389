/// The graph over all services. Start reading at [Graph], which says where each field comes from;
/// [GraphResource] is its HTTP, [Limits] what a query may ask for, [Loaders] how services are asked.
@NullMarked
package tarn.gateway.graph;

import org.jspecify.annotations.NullMarked;
