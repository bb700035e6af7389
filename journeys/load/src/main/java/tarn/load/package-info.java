/// How fast Tarn is, as shares of what the machine itself can do in the same run.
///
/// Start reading at [tarn.load.Bench].
@NullMarked
package tarn.load;

import org.jspecify.annotations.NullMarked;
