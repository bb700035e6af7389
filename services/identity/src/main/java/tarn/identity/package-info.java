/// Users, their credentials, and the access tokens that identify them to every other service.
///
/// Start reading at [tarn.identity.User] and [tarn.identity.Users], then [tarn.identity.Session]
/// and [tarn.identity.Sessions]. A browser holds a session cookie, an API client a refresh token, a
/// program a [tarn.identity.PersonalToken]; the gateway exchanges each for an access token at
/// [tarn.identity.InternalResource]. A [tarn.identity.Revocation] tells the gateways that one has
/// ended.
@NullMarked
package tarn.identity;

import org.jspecify.annotations.NullMarked;
