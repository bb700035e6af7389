/// The only public entry point: the filters that every request passes through, and its routing.
///
/// Start reading at [tarn.gateway.Gateway], the list of filters; [tarn.gateway.Route] is the routing
/// table. A service in this process is reached through its router, one elsewhere through
/// [tarn.gateway.Upstream].
@NullMarked
package tarn.gateway;

import org.jspecify.annotations.NullMarked;
