package tarn.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The credential in a request, not yet verified.
sealed interface Credential {

    /// Longest cookie or personal access token, in characters.
    int MAX_SECRET = 200;

    /// No credential.
    record None() implements Credential {}

    /// A credential that cannot be one of ours.
    record Foreign() implements Credential {}

    /// `Authorization: Basic`, which only services use, to get their access tokens.
    ///
    /// @param value still encoded
    record Basic(String value) implements Credential {
        @Override
        public String toString() {
            return "Basic[***]";
        }
    }

    /// An access token.
    record Token(String jwt) implements Credential {
        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /// A session cookie or personal access token, which identity exchanges for an access token.
    record Secret(Kind kind, String value) implements Credential {

        enum Kind {
            COOKIE,
            PERSONAL
        }

        @Override
        public String toString() {
            return "Secret[" + kind + "]";
        }
    }

    /// Whether browsers send it automatically, also for pages of other sites.
    default boolean ambient() {
        return this instanceof Secret secret && secret.kind() == Secret.Kind.COOKIE;
    }

    /// The credential of a request; `Authorization` takes precedence over a cookie.
    ///
    /// @param authorization the header's value
    /// @param cookies the `Cookie` headers
    /// @param name of the session cookie
    static Credential of(@Nullable String authorization, List<String> cookies, String name) {
        if (authorization == null) {
            String value = cookie(cookies, name);
            return value == null ? new None() : secret(Secret.Kind.COOKIE, value);
        }
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            String value = authorization.substring(7).strip();
            return value.startsWith("tarn_pat_") ? secret(Secret.Kind.PERSONAL, value) : new Token(value);
        }
        return authorization.regionMatches(true, 0, "Basic ", 0, 6)
                ? new Basic(authorization.substring(6).strip())
                : new Foreign();
    }

    /// A session cookie of impossible form counts as an expired one.
    private static Credential secret(Secret.Kind kind, String value) {
        return new Secret(kind, value.length() <= MAX_SECRET ? value : "");
    }

    private static @Nullable String cookie(List<String> headers, String name) {
        for (String header : headers) {
            int begin = 0;
            while (begin < header.length()) {
                int end = header.indexOf(';', begin);
                end = end < 0 ? header.length() : end;
                while (begin < end && header.charAt(begin) == ' ') {
                    begin++;
                }
                int value = begin + name.length();
                if (value < end && header.charAt(value) == '=' && header.startsWith(name, begin)) {
                    return header.substring(value + 1, end).strip();
                }
                begin = end + 1;
            }
        }
        return null;
    }
}
