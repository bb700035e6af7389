/// The time limit of a request.
@NullMarked
package tarn.platform.deadline;

import org.jspecify.annotations.NullMarked;
