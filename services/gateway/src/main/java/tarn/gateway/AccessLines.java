package tarn.gateway;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/// Writes records of the access log as JSON lines that look like all others.
///
/// There is one for each request, and a formatter of any record takes as long as a tenth of a read. It can be
/// this short because nothing in these records needs to be escaped.
final class AccessLines extends ExtHandler {

    /// What a record of the access log holds beside its message.
    static final List<String> KEYS = List.of("method", "route", "status", "durationMs", "user", "requestId");

    private final PrintStream out;
    private final String service;

    /// @param service the process that writes, where there are several
    AccessLines(PrintStream out, @Nullable String service) {
        this.out = out;
        this.service = service == null ? "" : ",\"service\":\"" + service + '"';
    }

    @Override
    protected void doPublish(ExtLogRecord line) {
        StringBuilder json = new StringBuilder(512)
                .append("{\"timestamp\":\"")
                .append(line.getInstant())
                .append("\",\"loggerName\":\"")
                .append(line.getLoggerName())
                .append("\",\"level\":\"")
                .append(line.getLevel())
                .append("\",\"message\":\"")
                .append(line.getMessage())
                .append("\",\"mdc\":{");
        for (String key : KEYS) {
            json.append('"')
                    .append(key)
                    .append("\":\"")
                    .append(line.getMdc(key))
                    .append("\",");
        }
        json.setLength(json.length() - 1);
        json.append('}').append(service).append("}\n");
        byte[] bytes = json.toString().getBytes(StandardCharsets.US_ASCII);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
