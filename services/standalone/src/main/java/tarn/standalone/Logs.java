package tarn.standalone;

import java.util.List;

/// Chooses the log format: text at a terminal, JSON otherwise.
final class Logs {

    private static final String JSON = "quarkus.log.console.json.enabled";

    private Logs() {}

    /// Sets the format for this process, unless the environment does.
    static void choose() {
        if (System.getenv("QUARKUS_LOG_CONSOLE_JSON_ENABLED") == null) {
            System.setProperty(JSON, Boolean.toString(!Console.isTerminal()));
        }
    }

    /// The `java` arguments that set the same format for a service's process.
    static List<String> arguments(String service) {
        return List.of(
                "-D" + JSON + '=' + System.getProperty(JSON, "true"),
                "-Dquarkus.log.console.stderr=true",
                "-Dquarkus.log.console.format=%d{HH:mm:ss} %-5p " + service + ": %s%e%n",
                "-Dquarkus.log.console.json.additional-field.service.value=" + service,
                "-Dquarkus.log.category.\"io.quarkus\".level=WARN");
    }
}
