package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

/// The access log's own lines of JSON.
class AccessLogFormatterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExtFormatter usual = usual();

    @Test
    void areWhatTheUsualFormatterWrites() throws JsonProcessingException {
        ExtFormatter lines = AccessLogFormatter.inPlaceOf(usual, "");
        ExtLogRecord line = line(AccessLog.CATEGORY);

        assertThat(lines).isInstanceOf(AccessLogFormatter.class);
        assertThat(lines.format(line)).endsWith("}\n");
        assertThat(JSON.readTree(lines.format(line))).isEqualTo(JSON.readTree(usual.format(line)));
    }

    @Test
    void areNotWrittenByHandWhereTheUsualFormatterWritesSomethingElse() {
        ExtFormatter readable = new PatternFormatter("%s%n");

        assertThat(AccessLogFormatter.inPlaceOf(readable, "")).isSameAs(readable);
        assertThat(AccessLogFormatter.inPlaceOf(usual, "gateway")).isSameAs(usual);
    }

    @Test
    void leaveAllOtherRecordsToTheUsualFormatter() {
        ExtLogRecord other = line("tarn.tasks");
        other.setMessage("A \"quoted\" word");

        assertThat(AccessLogFormatter.inPlaceOf(usual, "").format(other)).isEqualTo(usual.format(other));
    }

    private static ExtLogRecord line(String logger) {
        ExtLogRecord line =
                new ExtLogRecord(Level.INFO, "GET /api/tasks/{id} 200 3 ms", AccessLogFormatterTest.class.getName());
        line.setLoggerName(logger);
        line.setInstant(Instant.parse("2026-03-01T08:00:00.000000001Z"));
        line.setMdc(Map.of(
                "method", "GET",
                "route", "/api/tasks/{id}",
                "status", "200",
                "durationMs", "3",
                "user", "-",
                "requestId", "look-for-this-line-1"));
        return line;
    }

    /// As Tarn's logs are set.
    private static ExtFormatter usual() {
        JsonFormatter formatter = new JsonFormatter();
        formatter.setZoneId("UTC");
        formatter.setExcludedKeys(Set.of(
                "sequence",
                "loggerClassName",
                "threadId",
                "threadName",
                "ndc",
                "hostName",
                "processName",
                "processId"));
        return formatter;
    }
}
