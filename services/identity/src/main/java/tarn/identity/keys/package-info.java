/// The keys that sign access tokens, from their making to the day the last token they signed has
/// ended.
///
/// Start reading at [tarn.identity.keys.KeyRing], which is the whole of the rules;
/// [tarn.identity.keys.SigningKeys] keeps it in step with the database.
@NullMarked
package tarn.identity.keys;

import org.jspecify.annotations.NullMarked;
