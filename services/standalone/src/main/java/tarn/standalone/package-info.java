/// The front door's program: every service in one process beside an embedded PostgreSQL, or each in a
/// process of its own (`--split`) with this one as their supervisor.
///
/// Start reading at [tarn.standalone.Main].
@NullMarked
package tarn.standalone;

import org.jspecify.annotations.NullMarked;
