/// Identity's own part of the database.
@NullMarked
package tarn.identity.database;

import org.jspecify.annotations.NullMarked;
