package tarn.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user presents to say who they are.
sealed interface Credential {

    /// The longest cookie or personal access token that can be one.
    int MAX_SECRET = 200;

    /// Nothing.
    record None() implements Credential {}

    /// Something that can be no credential of ours.
    record Foreign() implements Credential {}

    /// `Authorization: Basic`, by which only services ask for their tokens.
    ///
    /// @param value as it came, still encoded
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

    /// A secret that identity gives an access token for: the session cookie, or a personal access
    /// token.
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

    /// Browsers send it without being asked, on behalf of any page.
    default boolean ambient() {
        return this instanceof Secret secret && secret.kind() == Secret.Kind.COOKIE;
    }

    /// What a request presents; `Authorization` goes before a cookie.
    ///
    /// @param authorization the header of that name
    /// @param cookies the `Cookie` headers
    /// @param name the session cookie's
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

    /// A cookie that can be none of ours is still a cookie: it is answered like one that has ended.
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
