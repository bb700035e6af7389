/// Connections of clients, as the gateway and live streams hold them.
@NullMarked
package tarn.platform.connection;

import org.jspecify.annotations.NullMarked;
