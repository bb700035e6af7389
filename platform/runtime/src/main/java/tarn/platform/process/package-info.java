/// This process among others of the same machine.
@NullMarked
package tarn.platform.process;

import org.jspecify.annotations.NullMarked;
