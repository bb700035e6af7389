/// PostgreSQL access: a schema and two roles for each service, and what all stores share.
///
/// Start reading at [tarn.platform.database.DatabaseSetup], which prepares the database before any
/// service starts.
@NullMarked
package tarn.platform.database;

import org.jspecify.annotations.NullMarked;
