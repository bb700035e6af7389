package tarn.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tarn.platform.Secret;

/// The message printed when the installation is ready, with its URLs, data folder and, while there
/// is no account, the link to set it up.
///
/// @param setup token that the first account requires; null for none
record ReadyMessage(
        Settings settings, int managementPort, @Nullable Secret setup) {

    String text() {
        URI address = settings.publicUrl();
        return """

                Tarn is ready.

                %s  Open      %s
                %s  API       %s/docs
                  Metrics   http://127.0.0.1:%d/metrics
                  Data      %s
                  Stop      Ctrl-C, or: kill %d
                """.formatted(
                        setupLine(address),
                        address,
                        gateways(),
                        address,
                        managementPort,
                        data(),
                        ProcessHandle.current().pid());
    }

    /// The addresses of all gateways, when there are several.
    private String gateways() {
        return settings.replicas() == 1
                ? ""
                : settings.gatewayPorts().stream()
                        .map(port -> Settings.reachable(settings.host(), port).toString())
                        .collect(Collectors.joining(" and ", "  Gateways  ", "\n"));
    }

    /// The link to create the first account, if there is none yet.
    private String setupLine(URI address) {
        return setup == null || hasAccounts()
                ? ""
                : "  Set up    %s/register#setup=%s\n".formatted(address, setup.value());
    }

    private boolean hasAccounts() {
        try (InputStream answer =
                settings.here().resolve("/api/registration").toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains("\"firstUser\":false");
        } catch (IOException unknown) {
            return false;
        }
    }

    private String data() {
        return settings.database() == null
                ? settings.home().toString()
                : settings.database().jdbc().replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "");
    }
}
