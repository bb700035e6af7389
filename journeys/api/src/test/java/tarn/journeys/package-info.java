/// The built programs seen from outside, once as one process and once split: the same tests.
@NullMarked
package tarn.journeys;

import org.jspecify.annotations.NullMarked;
