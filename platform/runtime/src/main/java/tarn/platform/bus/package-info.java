/// How services hear that something is no longer as it was.
@NullMarked
package tarn.platform.bus;

import org.jspecify.annotations.NullMarked;
