/// Programs that are killed and stopped while they are written to: what was acknowledged stays.
@NullMarked
package tarn.chaos;

import org.jspecify.annotations.NullMarked;
