/// Identity's database schema.
@NullMarked
package tarn.identity.database;

import org.jspecify.annotations.NullMarked;
