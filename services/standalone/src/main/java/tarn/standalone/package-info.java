/// The program of `./tarn up`: all services in one process with an embedded PostgreSQL, or each in
/// its own (`--split`) under this process as supervisor.
///
/// Start reading at [tarn.standalone.Main].
@NullMarked
package tarn.standalone;

import org.jspecify.annotations.NullMarked;
