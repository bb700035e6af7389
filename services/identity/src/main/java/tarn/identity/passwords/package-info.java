/// Password strength, hashing, and rate limits against guessing.
///
/// Start reading at [tarn.identity.passwords.PasswordRules] and
/// [tarn.identity.passwords.PasswordHasher]. Nothing here depends on users.
@NullMarked
package tarn.identity.passwords;

import org.jspecify.annotations.NullMarked;
