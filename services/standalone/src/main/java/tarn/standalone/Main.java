package tarn.standalone;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;
import tarn.platform.Secret;
import tarn.platform.database.DatabaseSetup;

/// Entry point of `./tarn up`, `./tarn migrate`, `./tarn secrets` and `./tarn retire`.
@QuarkusMain
public final class Main {

    private static final String MIGRATE = "migrate";
    private static final String SECRETS = "secrets";
    private static final String RETIRE = "retire";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int USUAL_MANAGEMENT_PORT = 9000;

    private Main() {}

    /// @param arguments a command, [#MIGRATE], [#SECRETS] with a service or [#RETIRE] with a consumer,
    /// or the options of `./tarn up`
    public static void main(String... arguments) {
        Shutdown shutdown = Shutdown.onSignal();
        int code = 0;
        try {
            run(List.of(arguments), shutdown);
        } catch (CannotStart expected) {
            Console.say(String.valueOf(expected.getMessage()));
            code = expected.exitCode();
        } catch (DatabaseSetup.Unprepared expected) {
            Console.say(String.valueOf(expected.getMessage()));
            code = 1;
        } catch (RuntimeException unexpected) {
            Console.say(String.valueOf(StartupDiagnosis.of(unexpected).getMessage()));
            code = 1;
        } finally {
            shutdown.done();
        }
        if (!shutdown.isRequested()) {
            Console.exit(code);
        }
    }

    private static void run(List<String> arguments, Shutdown shutdown) {
        switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case MIGRATE -> migrate(settings(arguments.subList(1, arguments.size())), shutdown);
            case SECRETS -> tell(arguments.size() > 1 ? arguments.get(1) : "", settings(List.of()), shutdown);
            case RETIRE -> retire(arguments.size() > 1 ? arguments.get(1) : "", settings(List.of()), shutdown);
            default -> up(settings(arguments), shutdown);
        }
    }

    private static Settings settings(List<String> options) {
        Settings settings = Settings.read(options, System.getenv());
        KnownSettings.unknown(settings.variables().keySet())
                .forEach(
                        name -> Console.say(name + " is not a setting of Tarn and changes nothing: see .env.example."));
        return settings;
    }

    private static void migrate(Settings settings, Shutdown shutdown) {
        try (DataFolder home = DataFolder.open(settings.home())) {
            StartedProcesses.in(home).endLeftovers();
            try (Database _ = Database.open(settings, home, secrets(settings, home))) {
                Console.show("Up to date: " + Database.migrated(settings.catalogue()) + ".", shutdown);
            }
        }
    }

    /// Forgets a consumer of events that no service of this Tarn is.
    private static void retire(String consumer, Settings settings, Shutdown shutdown) {
        Set<String> consumers = Catalogue.ALL.consumers();
        if (!consumers.contains(consumer)) {
            throw new CannotStart(
                    "There is no consumer " + consumer + ": name one of " + String.join(", ", consumers) + '.');
        }
        if (settings.catalogue().services().stream().anyMatch(service -> consumer.equals(service.consumer()))) {
            throw new CannotStart(
                    "The consumer " + consumer + " is a service of this Tarn: name it in TARN_WITHOUT" + " first.");
        }
        try (DataFolder home = DataFolder.open(settings.home())) {
            StartedProcesses.in(home).endLeftovers();
            DerivedSecrets secrets = secrets(settings, home);
            try (Database database = Database.open(settings, home, secrets)) {
                database.retire(consumer, Catalogue.ALL, secrets);
                Console.show("Retired: " + consumer + ". No event waits for it any longer.", shutdown);
            }
        }
    }

    /// Prints the settings of one service as an env file.
    private static void tell(String name, Settings settings, Shutdown shutdown) {
        Service service = settings.catalogue()
                .find(name)
                .orElseThrow(() -> new CannotStart("There is no service " + name + ": name one of "
                        + settings.catalogue().services().stream()
                                .map(Service::name)
                                .collect(Collectors.joining(", "))
                        + '.'));
        Secret root = settings.secret() == null ? DataFolder.secretIn(settings.home()) : settings.secret();
        ServiceSettings services =
                new ServiceSettings(settings, settings.database(), new DerivedSecrets(root), USUAL_MANAGEMENT_PORT);
        Console.show(
                services.of(service).entrySet().stream()
                        .map(setting -> ServiceSettings.variable(setting.getKey()) + '=' + setting.getValue())
                        .collect(Collectors.joining("\n")),
                shutdown);
        if (service.hasSchema() && settings.database() == null) {
            Console.say(
                    "The embedded PostgreSQL answers on this machine alone: set TARN_DATABASE_URL to one of yours.");
        }
    }

    private static void up(Settings settings, Shutdown shutdown) {
        try (DataFolder home = DataFolder.open(settings.home())) {
            StartedProcesses started = StartedProcesses.in(home);
            started.endLeftovers();
            int managementPort = requirePorts(settings);
            DerivedSecrets secrets = secrets(settings, home);
            if (!settings.split()) {
                OneProcess.begin();
            }
            DiskSpace.watch(home, shutdown);
            try (Database database = Database.open(settings, home, secrets)) {
                ServiceSettings services = new ServiceSettings(settings, database.url(), secrets, managementPort);
                Topology shape =
                        settings.split() ? new Split(services, started, shutdown) : new OneProcess(services, shutdown);
                Logs.choose();
                shape.run(
                        settings.aotTraining()
                                ? new AotTrainingRun(settings)
                                : () -> Console.show(
                                        new ReadyMessage(settings, managementPort, services.setupToken()).text(),
                                        shutdown));
            }
        }
    }

    private static DerivedSecrets secrets(Settings settings, DataFolder home) {
        return new DerivedSecrets(settings.secret() == null ? home.secret() : settings.secret());
    }

    private static int requirePorts(Settings settings) {
        settings.gatewayPorts().forEach(port -> Ports.requireFree(settings.host(), port, "TARN_PORT or --port"));
        Ports.requireAddress(
                settings.variables().getOrDefault("TARN_MANAGEMENT_HOST", LOOPBACK), "TARN_MANAGEMENT_HOST");
        Integer chosen = settings.managementPort();
        if (chosen != null) {
            Ports.requireFree(LOOPBACK, chosen, "TARN_MANAGEMENT_PORT");
            return chosen;
        }
        return !settings.gatewayPorts().contains(USUAL_MANAGEMENT_PORT) && Ports.claim(USUAL_MANAGEMENT_PORT)
                ? USUAL_MANAGEMENT_PORT
                : Ports.claimAny();
    }
}
