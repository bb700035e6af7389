package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;
import tarn.platform.Secret;

class SplitTest {

    private static final String ROOT = "the-root-of-all-secrets-0123456789";
    private static final Map<String, String> OPERATORS = Map.of(
            "TARN_HOME", "/var/lib/tarn",
            "TARN_SECRET", ROOT,
            "TARN_DATABASE_URL", "postgresql://operator:hunter2@db.example/tarn",
            "TARN_SETUP_TOKEN", "setup-token-0123456789",
            "TARN_REDIS_URL", "redis://:hunter3@redis.example:6379",
            "TARN_GATEWAY_KEY", "a-key-left-behind",
            "TARN_TASKS_DATABASE_PASSWORD", "a-password-left-behind",
            "TARN_RATE_LIMIT", "7");

    private final Settings settings = Settings.read(List.of("--split"), OPERATORS);
    private final DerivedSecrets secrets = new DerivedSecrets(new Secret(ROOT));
    private final ServiceSettings services = new ServiceSettings(settings, settings.database(), secrets, 9000);

    static Stream<String> services() {
        return Catalogue.ALL.services().stream().map(Service::name);
    }

    @ParameterizedTest
    @MethodSource("services")
    void aProcessHoldsTheSecretsOfItsServiceAndNoOther(String name) {
        Service service = Catalogue.ALL.find(name).orElseThrow();

        Map<String, String> environment = Split.environment(OPERATORS, services.here(service));

        assertThat(environment).containsEntry("TARN_RATE_LIMIT", "7").containsEntry("TARN_SERVICE", name);
        Set<String> held = new TreeSet<>();
        everySecret().forEach((what, value) -> {
            if (environment.values().stream().anyMatch(text -> text.contains(value))) {
                held.add(what);
            }
        });
        assertThat(held).isEqualTo(own(service));
    }

    private static Set<String> own(Service service) {
        Set<String> own = new TreeSet<>();
        if (Catalogue.ALL.callers().contains(service.name())) {
            own.add("key of " + service.name());
        }
        if (service.hasSchema()) {
            own.add("database of " + service.name());
            own.add("digest");
        }
        if (Set.of("gateway", "worker").contains(service.name())) {
            own.add("password of Redis");
        }
        if (service.name().equals("identity")) {
            Catalogue.ALL.callers().forEach(caller -> own.add("key of " + caller));
            own.addAll(Set.of("seal", "setup token"));
        }
        return own;
    }

    private Map<String, String> everySecret() {
        Map<String, String> all = new TreeMap<>(Map.of(
                "root",
                ROOT,
                "operator's database",
                "hunter2",
                "password of Redis",
                "hunter3",
                "setup token",
                "setup-token-0123456789",
                "key of the environment",
                "a-key-left-behind",
                "password of the environment",
                "a-password-left-behind",
                "database of postgres",
                secrets.database("postgres").value(),
                "seal",
                secrets.seal().value(),
                "digest",
                secrets.digest().value()));
        for (Service service : Catalogue.ALL.services()) {
            all.put("key of " + service.name(), secrets.key(service.name()).value());
            all.put(
                    "database of " + service.name(),
                    secrets.database(service.name()).value());
        }
        return all;
    }
}
