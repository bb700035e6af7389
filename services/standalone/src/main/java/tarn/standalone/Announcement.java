package tarn.standalone;

import java.net.URI;

/// What an operator wants to know when Tarn is ready.
record Announcement(Settings settings, int managementPort) {

    String text() {
        URI address = settings.publicUrl();
        return """

                Tarn is ready.

                  Open      %s
                  API       %s/docs
                  Metrics   http://127.0.0.1:%d/metrics
                  Data      %s
                  Stop      Ctrl-C, or: kill %d
                """.formatted(
                        address,
                        address,
                        managementPort,
                        data(),
                        ProcessHandle.current().pid());
    }

    private String data() {
        return settings.database() == null
                ? settings.home().toString()
                : settings.database().jdbc().replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "");
    }
}
