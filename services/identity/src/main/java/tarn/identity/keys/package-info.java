/// The keys that sign access tokens, and their rotation.
///
/// Start reading at [tarn.identity.keys.KeyRing], which has all rules;
/// [tarn.identity.keys.SigningKeys] applies them to the database.
@NullMarked
package tarn.identity.keys;

import org.jspecify.annotations.NullMarked;
