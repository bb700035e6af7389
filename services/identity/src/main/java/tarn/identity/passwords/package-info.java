/// Passwords: which are good enough, how they are kept, and how guessing them is slowed down.
///
/// Start reading at [tarn.identity.passwords.PasswordRules] and
/// [tarn.identity.passwords.PasswordHasher]. Nothing here knows who a user is.
@NullMarked
package tarn.identity.passwords;

import org.jspecify.annotations.NullMarked;
