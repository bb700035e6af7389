package tarn.standalone;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tarn.platform.NetworkBlock;

/// Validates, before anything starts, the settings that only services read.
final class SettingsChecks {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?");
    private static final Pattern SETUP_TOKEN = Pattern.compile("[A-Za-z0-9_-]{16,200}");
    private static final String ROUTE = "TARN_ROUTE_";

    private SettingsChecks() {}

    /// @param variables by name; none is empty
    /// @throws CannotStart with a sentence about the first invalid value
    static void require(Map<String, String> variables) {
        for (String name : List.of(
                "TARN_RATE_LIMIT",
                "TARN_MAX_CONNECTIONS",
                "TARN_MAX_CONNECTIONS_PER_ADDRESS",
                "TARN_REQUEST_TIMEOUT")) {
            requirePositive(variables, name);
        }
        requireOneOf(variables, "TARN_REGISTRATION", "open", "closed");
        requireOneOf(variables, "TARN_HSTS_SUBDOMAINS", "true", "false");
        requireSetupToken(variables);
        requireRedis(variables);
        for (String proxy : entries(variables, "TARN_TRUSTED_PROXIES")) {
            if (NetworkBlock.parse(proxy) == null) {
                throw new CannotStart("TARN_TRUSTED_PROXIES has an entry that is not an address or a block such as"
                        + " 10.0.0.0/8: " + proxy);
            }
        }
        for (String host : entries(variables, "TARN_ALLOWED_HOSTS")) {
            if (!HOST.matcher(host).matches()) {
                throw new CannotStart(
                        "TARN_ALLOWED_HOSTS has an entry that is not a host name, without scheme and port: " + host);
            }
        }
        requireFolder(variables, "TARN_WEB_DIR");
        variables.keySet().stream()
                .filter(name -> name.startsWith(ROUTE))
                .sorted()
                .forEach(name -> requireAddresses(variables, name));
    }

    private static List<String> entries(Map<String, String> variables, String name) {
        return Arrays.stream(variables.getOrDefault(name, "").split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static void requireSetupToken(Map<String, String> variables) {
        String token = variables.get("TARN_SETUP_TOKEN");
        if (token != null && !SETUP_TOKEN.matcher(token).matches()) {
            throw new CannotStart("TARN_SETUP_TOKEN needs 16 to 200 letters, digits, - or _.");
        }
    }

    /// Never repeats the value, which may hold a password.
    private static void requireRedis(Map<String, String> variables) {
        String text = variables.get("TARN_REDIS_URL");
        try {
            if (text == null || isRedis(URI.create(text))) {
                return;
            }
        } catch (IllegalArgumentException malformed) {
            // Said below, as for an address of something else.
        }
        throw new CannotStart("TARN_REDIS_URL is not an address like redis://:password@host:6379.");
    }

    private static boolean isRedis(URI url) {
        return ("redis".equals(url.getScheme()) || "rediss".equals(url.getScheme())) && url.getHost() != null;
    }

    private static void requirePositive(Map<String, String> variables, String name) {
        String text = variables.getOrDefault(name, "1");
        try {
            if (Integer.parseInt(text) > 0) {
                return;
            }
        } catch (NumberFormatException notEvenANumber) {
            // Said below, as for a number out of range.
        }
        throw new CannotStart(name + " is not a whole number above 0: " + text);
    }

    private static void requireOneOf(Map<String, String> variables, String name, String one, String other) {
        String text = variables.getOrDefault(name, one);
        if (!text.equals(one) && !text.equals(other)) {
            throw new CannotStart(name + " is neither " + one + " nor " + other + ": " + text);
        }
    }

    private static void requireFolder(Map<String, String> variables, String name) {
        String text = variables.get(name);
        try {
            if (text == null || Files.isDirectory(Path.of(text))) {
                return;
            }
        } catch (InvalidPathException malformed) {
            // Said below, as for a folder that is not there.
        }
        throw new CannotStart(name + " is not a folder: " + text);
    }

    private static void requireAddresses(Map<String, String> variables, String name) {
        for (String text : entries(variables, name)) {
            if (!isAddress(text)) {
                throw new CannotStart(name + " is not an address like http://host:port: " + text);
            }
        }
    }

    private static boolean isAddress(String text) {
        try {
            URI url = URI.create(text);
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
