/// Authentication: access tokens, callers and allowed hosts.
///
/// Start reading at [tarn.platform.security.Caller]. The signed token in `Authorization` is the
/// only header trusted.
@NullMarked
package tarn.platform.security;

import org.jspecify.annotations.NullMarked;
