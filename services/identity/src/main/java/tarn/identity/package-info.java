/// Users, how they prove who they are, and the access tokens that say so to every other service.
///
/// Start reading at [tarn.identity.User] and [tarn.identity.Users], then [tarn.identity.Session]
/// and [tarn.identity.Sessions]. A browser holds a session's cookie, an API client a session's
/// refresh token, a program a [tarn.identity.PersonalToken]; the gateway turns each into an access
/// token at [tarn.identity.InternalResource]. When one ends, a [tarn.identity.Revocation] tells the
/// gateways.
@NullMarked
package tarn.identity;

import org.jspecify.annotations.NullMarked;
