/// The only public door: what every request goes through, and where it goes then.
///
/// Start reading at [tarn.gateway.Gateway], the list of steps; [tarn.gateway.Route] is the routing
/// table. A service in this process is reached by going on in its router, one elsewhere through
/// [tarn.gateway.Upstream]; everything before that is the same for both.
@NullMarked
package tarn.gateway;

import org.jspecify.annotations.NullMarked;
