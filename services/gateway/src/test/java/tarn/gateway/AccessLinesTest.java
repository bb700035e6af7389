package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The access log's own lines of JSON.
class AccessLinesTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void areWhatTheFormatterOfAllOtherLinesWouldWrite() throws JsonProcessingException {
        ExtLogRecord line = new ExtLogRecord(Level.INFO, "GET /api/tasks/{id} 200 3 ms", AccessLog.CATEGORY);
        line.setLoggerName(AccessLog.CATEGORY);
        line.setInstant(Instant.parse("2026-03-01T08:00:00.000000001Z"));
        AccessLines.KEYS.forEach(key -> line.putMdc(key, "the " + key));

        lines(null).publish(line);

        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(written.toString(StandardCharsets.UTF_8))).isEqualTo(asAllOthers(mapper, line));
    }

    @Test
    void nameTheProcessWhereThereAreSeveral() {
        lines("gateway").publish(new ExtLogRecord(Level.FINE, "GET / 200", AccessLog.CATEGORY));

        assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("},\"service\":\"gateway\"}\n");
    }

    private AccessLines lines(@Nullable String service) {
        return new AccessLines(new PrintStream(written, false, StandardCharsets.UTF_8), service);
    }

    private static JsonNode asAllOthers(ObjectMapper mapper, ExtLogRecord line) throws JsonProcessingException {
        JsonFormatter formatter = new JsonFormatter();
        formatter.setZoneId("UTC");
        ObjectNode all = (ObjectNode) mapper.readTree(formatter.format(line));
        return all.retain("timestamp", "loggerName", "level", "message", "mdc");
    }
}
