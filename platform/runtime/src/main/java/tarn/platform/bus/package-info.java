/// Cache invalidation between the services of one process.
@NullMarked
package tarn.platform.bus;

import org.jspecify.annotations.NullMarked;
