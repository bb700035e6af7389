package tarn.standalone;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;
import tarn.platform.Secret;
import tarn.platform.database.DatabaseUrl;

/// Computes the settings of one service, with only the secrets it needs, or of all in one process.
///
/// @param database used by all services; null when unknown
/// @param managementPort of the gateway, or of the only process
record ServiceSettings(Settings settings, @Nullable DatabaseUrl database, DerivedSecrets secrets, int managementPort) {

    static final String DATABASE_URL = "tarn.database.url";
    static final String MANAGEMENT_PORT = "tarn.management.port";
    static final String NAME = "tarn.service";
    static final String PORT = "tarn.port";

    /// Services with settings of their own.
    static final String GATEWAY = Catalogue.GATEWAY;

    private static final String IDENTITY = Catalogue.IDENTITY;

    /// Services that use Redis where there is one.
    private static final Set<String> WITH_REDIS = Set.of(GATEWAY, Catalogue.WORKER);

    private static final Secret SETUP = random();

    /// The settings of all services in one process.
    Map<String, String> together() {
        Map<String, String> all = new TreeMap<>();
        settings.variables().forEach((name, value) -> all.put(property(name), value));
        Catalogue.ALL.withSchema().forEach(service -> all.putAll(unused(service)));
        // What only one process can be, it is as the last of them: the gateway.
        settings.catalogue().services().forEach(service -> all.putAll(here(service)));
        return all;
    }

    /// The configuration property of an environment variable.
    static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /// The environment variable of a configuration property.
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /// The token for the first account, new at each start unless configured; null when not
    /// required, as on loopback.
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

    /// Settings that deactivate the data source of an excluded service; [#here] overrides the rest.
    private Map<String, String> unused(Service service) {
        return settings.catalogue().has(service.name())
                ? Map.of()
                : Map.of(
                        "quarkus.datasource." + service.name() + ".active",
                        "false",
                        "tarn." + service.name() + ".database.password",
                        "unused");
    }

    /// The settings of a service on this machine.
    Map<String, String> here(Service service) {
        Map<String, String> all = new TreeMap<>(of(service));
        if (service.name().equals(GATEWAY)) {
            all.putAll(gateway());
        }
        String redis = settings.variables().get("TARN_REDIS_URL");
        if (redis != null && WITH_REDIS.contains(service.name())) {
            all.put("tarn.redis.url", redis);
        }
        return all;
    }

    /// The settings of a service on any machine.
    Map<String, String> of(Service service) {
        String name = service.name();
        Map<String, String> own = new TreeMap<>();
        own.put(NAME, name);
        own.put("tarn.public.url", settings.publicUrl().toString());
        if (Catalogue.ALL.callers().contains(name)) {
            own.put(key(name), secrets.key(name).value());
        }
        if (service.hasSchema()) {
            if (database != null) {
                own.put(DATABASE_URL, database.jdbc());
            }
            own.put("tarn.digest.key", secrets.digest().value());
            own.put(
                    "tarn." + name + ".database.password",
                    secrets.database(name).value());
        }
        if (name.equals(IDENTITY)) {
            own.putAll(identity());
        }
        return own;
    }

    /// The setting with a service's key for identity.
    private static String key(String service) {
        return "tarn." + service + ".key";
    }

    private Map<String, String> identity() {
        Map<String, String> identity = new TreeMap<>();
        identity.put("tarn.secret", secrets.seal().value());
        for (String caller : Catalogue.ALL.callers()) {
            identity.put(key(caller), secrets.key(caller).value());
        }
        Secret setup = setupToken();
        if (setup != null) {
            identity.put("tarn.setup.token", setup.value());
        }
        return identity;
    }

    private Map<String, String> gateway() {
        return Map.of(
                "tarn.host",
                settings.host(),
                PORT,
                Integer.toString(settings.port()),
                MANAGEMENT_PORT,
                Integer.toString(managementPort));
    }
}
