package tarn.gateway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Records the lines of the access log during a test, as a registered extension.
final class AccessLogRecorder extends Handler implements BeforeEachCallback, AfterEachCallback {

    private final List<ExtLogRecord> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(AccessLog.CATEGORY);

    /// All lines so far.
    List<ExtLogRecord> lines() {
        return List.copyOf(lines);
    }

    /// The lines of one request.
    List<ExtLogRecord> lines(String requestId) {
        return lines.stream()
                .filter(line -> requestId.equals(line.getMdc("requestId")))
                .toList();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        logger.addHandler(this);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        logger.removeHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(ExtLogRecord.wrap(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
