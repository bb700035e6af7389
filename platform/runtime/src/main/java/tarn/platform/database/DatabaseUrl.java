package tarn.platform.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tarn.platform.Secret;

/// A PostgreSQL URL as operators write it,
/// `postgresql://user:password@host:5432/name?sslmode=verify-full`, with or without a leading
/// `jdbc:`.
///
/// @param jdbc the JDBC URL without user and password
/// @param user null when the URL has none
/// @param password null when the URL has none
public record DatabaseUrl(
        String jdbc, @Nullable String user, @Nullable Secret password) {

    /// @throws IllegalArgumentException with one clear line when it is not such a URL
    public static DatabaseUrl parse(String text) {
        String plain = text.startsWith("jdbc:") ? text.substring(5) : text;
        URI uri = uri(plain);
        String user = null;
        String password = null;
        if (uri.getRawUserInfo() != null) {
            String[] parts = uri.getRawUserInfo().split(":", 2);
            user = decode(parts[0]);
            password = parts.length == 2 ? decode(parts[1]) : null;
        }
        List<String> rest = new ArrayList<>();
        for (String parameter :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = decode(parameter.substring(5));
            } else if (parameter.startsWith("password=")) {
                password = decode(parameter.substring(9));
            } else {
                rest.add(parameter);
            }
        }
        String jdbc = "jdbc:postgresql://" + uri.getHost() + ':' + (uri.getPort() < 0 ? 5432 : uri.getPort())
                + uri.getRawPath() + (rest.isEmpty() ? "" : '?' + String.join("&", rest));
        return new DatabaseUrl(jdbc, user, password == null ? null : new Secret(password));
    }

    /// @throws IllegalArgumentException unless it names PostgreSQL, a host and a database
    private static URI uri(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw unreadable();
        }
        boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!postgres
                || uri.getHost() == null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw unreadable();
        }
        return uri;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException(
                "TARN_DATABASE_URL is not an address like postgresql://user:password@host:5432/name");
    }
}
