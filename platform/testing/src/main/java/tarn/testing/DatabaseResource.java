package tarn.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import tarn.catalogue.Catalogue;
import tarn.platform.database.DatabaseUrl;

/// Starts PostgreSQL for `@QuarkusTest`, migrates the named services and sets what they need:
///
/// ```java
/// @WithTestResource(
///         value = DatabaseResource.class,
///         scope = TestResourceScope.GLOBAL,
///         initArgs = @ResourceArg(name = "services", value = "identity,tasks"))
/// ```
///
/// The HTTP server listens on a free port; use [Api#here].
public final class DatabaseResource implements QuarkusTestResourceLifecycleManager {

    /// The key for digests of free text in events, in tests.
    public static final String DIGEST_KEY = "a-key-of-digests-in-tests";

    /// The key of a service towards identity, in tests.
    public static String key(String service) {
        return "key-of-" + service + "-in-tests-0123456789abcdef";
    }

    private String[] services = {};

    /// @param arguments `services`, by name, separated by commas
    @Override
    public void init(Map<String, String> arguments) {
        services = arguments.getOrDefault("services", "").split("\\s*,\\s*");
    }

    @Override
    public Map<String, String> start() {
        DatabaseUrl database = TestDatabase.prepared(services);
        Map<String, String> settings = new HashMap<>();
        settings.put("tarn.database.url", database.jdbc());
        for (String service : services) {
            settings.put("tarn." + service + ".database.password", TestDatabase.PASSWORD.value());
            settings.put("quarkus.datasource." + service + ".jdbc.acquisition-timeout", "30s");
        }
        settings.put("tarn.secret", "a-secret-of-more-than-32-characters-for-tests");
        settings.put("tarn.digest.key", DIGEST_KEY);
        Catalogue.ALL.callers().forEach(caller -> settings.put("tarn." + caller + ".key", key(caller)));
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        return settings;
    }

    /// Leaves PostgreSQL running until the JVM ends, for the next test class.
    @Override
    public void stop() {
        services = new String[0];
    }
}
