package tarn.standalone;

import java.util.List;

/// How logs look: lines for users at a terminal, JSON lines everywhere else.
final class Logs {

    private static final String JSON = "quarkus.log.console.json.enabled";

    private Logs() {}

    /// Decides it for this process, unless the environment has.
    static void choose() {
        if (System.getenv("QUARKUS_LOG_CONSOLE_JSON_ENABLED") == null) {
            System.setProperty(JSON, Boolean.toString(!Console.isTerminal()));
        }
    }

    /// The same decision for the processes of the services, as arguments of `java`.
    static List<String> arguments(String service) {
        return List.of(
                "-D" + JSON + '=' + System.getProperty(JSON, "true"),
                "-Dquarkus.log.console.stderr=true",
                "-Dquarkus.log.console.format=%d{HH:mm:ss} %-5p " + service + ": %s%e%n",
                "-Dquarkus.log.console.json.additional-field.service.value=" + service,
                "-Dquarkus.log.category.\"io.quarkus\".level=WARN");
    }
}
