/// One PostgreSQL, a schema and two roles for each service, and what every store shares.
///
/// Start reading at [tarn.platform.database.DatabaseSetup], which makes a database ready before any
/// service runs.
@NullMarked
package tarn.platform.database;

import org.jspecify.annotations.NullMarked;
