/// A service that keeps what it is told.
@NullMarked
package tarn.echo;

import org.jspecify.annotations.NullMarked;
