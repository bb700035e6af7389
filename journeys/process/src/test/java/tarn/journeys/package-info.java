/// How the built programs start and end, whatever happens.
@NullMarked
package tarn.journeys;

import org.jspecify.annotations.NullMarked;
