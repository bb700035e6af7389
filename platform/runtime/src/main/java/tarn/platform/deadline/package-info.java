/// How long a request may work.
@NullMarked
package tarn.platform.deadline;

import org.jspecify.annotations.NullMarked;
