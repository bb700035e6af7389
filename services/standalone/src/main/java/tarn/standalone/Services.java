package tarn.standalone;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tarn.platform.Secret;

/// What each service is told: its own secrets and no other's.
///
/// @param managementPort of the gateway, or of the only process
record Services(Settings settings, Database database, Secrets secrets, int managementPort) {

    static final String DATABASE_URL = "tarn.database.url";
    static final String DIGEST_KEY = "tarn.digest.key";
    static final String KEY = "tarn.service.key";
    static final String MANAGEMENT_PORT = "tarn.management.port";
    static final String NAME = "tarn.service";
    static final String PORT = "tarn.port";

    private static final Secret SETUP = random();

    /// The settings of all services in one process.
    Map<String, String> together() {
        Map<String, String> all = new TreeMap<>();
        settings.variables().forEach((name, value) -> all.put(property(name), value));
        all.putAll(identity());
        all.putAll(tasks());
        all.putAll(posts());
        all.putAll(calculator());
        all.putAll(gateway());
        return all;
    }

    /// The name of a setting as services read it.
    static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /// The name of a setting as operators write it.
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /// What the first account must show, another one at each start unless it was chosen; null when none is
    /// needed, as on this machine only.
    @Nullable
    Secret setupToken() {
        String chosen = settings.variables().get("TARN_SETUP_TOKEN");
        if (chosen != null) {
            return new Secret(chosen);
        }
        return settings.onlyThisMachine() ? null : SETUP;
    }

    private static Secret random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    Map<String, String> identity() {
        Map<String, String> identity = new TreeMap<>(Map.of(
                NAME,
                "identity",
                KEY,
                secrets.key("identity").value(),
                DATABASE_URL,
                database.url().jdbc(),
                "tarn.identity.database.password",
                secrets.database("identity").value(),
                "tarn.secret",
                secrets.seal().value(),
                "tarn.gateway.key",
                secrets.key("gateway").value(),
                "tarn.tasks.key",
                secrets.key("tasks").value(),
                "tarn.posts.key",
                secrets.key("posts").value(),
                "tarn.public.url",
                settings.publicUrl().toString()));
        identity.put(DIGEST_KEY, secrets.digest().value());
        Secret setup = setupToken();
        if (setup != null) {
            identity.put("tarn.setup.token", setup.value());
        }
        return identity;
    }

    Map<String, String> tasks() {
        return Map.of(
                NAME,
                "tasks",
                KEY,
                secrets.key("tasks").value(),
                DIGEST_KEY,
                secrets.digest().value(),
                DATABASE_URL,
                database.url().jdbc(),
                "tarn.tasks.database.password",
                secrets.database("tasks").value(),
                "tarn.public.url",
                settings.publicUrl().toString());
    }

    Map<String, String> posts() {
        return Map.of(
                NAME,
                "posts",
                KEY,
                secrets.key("posts").value(),
                DIGEST_KEY,
                secrets.digest().value(),
                DATABASE_URL,
                database.url().jdbc(),
                "tarn.posts.database.password",
                secrets.database("posts").value(),
                "tarn.public.url",
                settings.publicUrl().toString());
    }

    Map<String, String> calculator() {
        return Map.of(
                NAME, "calculator", "tarn.public.url", settings.publicUrl().toString());
    }

    Map<String, String> gateway() {
        return Map.of(
                NAME,
                "gateway",
                KEY,
                secrets.key("gateway").value(),
                "tarn.host",
                settings.host(),
                PORT,
                Integer.toString(settings.port()),
                MANAGEMENT_PORT,
                Integer.toString(managementPort),
                "tarn.public.url",
                settings.publicUrl().toString());
    }
}
