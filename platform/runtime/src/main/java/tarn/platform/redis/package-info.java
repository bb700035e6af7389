/// What processes share and may lose: a Redis server, where there is one.
@NullMarked
package tarn.platform.redis;

import org.jspecify.annotations.NullMarked;
