package tarn.gateway;

import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The URL under which users reach this installation, and what follows from it: origin and session
/// cookie.
@Singleton
final class PublicUrl {

    private final URI url;

    PublicUrl(@ConfigProperty(name = "tarn.public.url", defaultValue = "http://localhost:8080") URI url) {
        this.url = url;
    }

    boolean secure() {
        return "https".equals(url.getScheme());
    }

    /// The session cookie's name; with https its prefix binds it to this host.
    String cookie() {
        return secure() ? "__Host-tarn_session" : "tarn_session";
    }

    /// Scheme, host and port as in `Origin`.
    String origin() {
        return url.getScheme() + "://" + url.getAuthority();
    }

    /// `Set-Cookie` that deletes the session cookie.
    String noCookie() {
        return cookie() + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" + (secure() ? "; Secure" : "");
    }
}
