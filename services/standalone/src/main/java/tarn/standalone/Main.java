package tarn.standalone;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import tarn.platform.database.DatabaseSetup;

/// Runs Tarn until it is told to stop.
@QuarkusMain
public final class Main {

    private static final int USUAL_MANAGEMENT_PORT = 9000;

    private Main() {}

    /// @param arguments those of `./tarn up`
    public static void main(String... arguments) {
        SharedWrites.ofStandardError();
        Ending ending = Ending.onSignal();
        int code = 0;
        try {
            run(Settings.read(List.of(arguments), System.getenv()), ending);
        } catch (CannotStart expected) {
            Console.say(String.valueOf(expected.getMessage()));
            code = expected.exitCode();
        } catch (DatabaseSetup.Unprepared expected) {
            Console.say(String.valueOf(expected.getMessage()));
            code = 1;
        } catch (RuntimeException unexpected) {
            Console.say(String.valueOf(Explanation.of(unexpected).getMessage()));
            code = 1;
        } finally {
            ending.done();
        }
        if (!ending.isWished()) {
            Console.exit(code);
        }
    }

    private static void run(Settings settings, Ending ending) {
        try (Home home = Home.open(settings.home())) {
            StartedProcesses started = StartedProcesses.in(home);
            started.endLeftovers();
            int managementPort = requirePorts(settings);
            Secrets secrets = new Secrets(settings.secret() == null ? home.secret() : settings.secret());
            if (!settings.split()) {
                OneProcess.begin();
            }
            DiskSpace.watch(home, ending);
            try (Database database = Database.open(settings, home, secrets)) {
                Services services = new Services(settings, database, secrets, managementPort);
                Shape shape =
                        settings.split() ? new Split(services, started, ending) : new OneProcess(services, ending);
                Logs.choose();
                shape.run(
                        settings.rehearsal()
                                ? new Rehearsal(settings)
                                : () -> Console.show(
                                        new Announcement(settings, managementPort, services.setupToken()).text()));
            }
        }
    }

    private static int requirePorts(Settings settings) {
        Ports.requireFree(settings.host(), settings.port(), "TARN_PORT or --port");
        Integer chosen = settings.managementPort();
        if (chosen != null) {
            Ports.requireFree("127.0.0.1", chosen, "TARN_MANAGEMENT_PORT");
            return chosen;
        }
        return settings.port() != USUAL_MANAGEMENT_PORT && Ports.claim(USUAL_MANAGEMENT_PORT)
                ? USUAL_MANAGEMENT_PORT
                : Ports.claimAny();
    }
}
