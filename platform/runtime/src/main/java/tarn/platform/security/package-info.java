/// Who is asking: access tokens verified, callers named, services known to each other.
///
/// Start reading at [tarn.platform.security.Caller]. Nothing here trusts a header but the signed
/// token in `Authorization`.
@NullMarked
package tarn.platform.security;

import org.jspecify.annotations.NullMarked;
