package tarn.standalone;

import io.quarkus.runtime.QuarkusBindException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns any failure of the start into a [CannotStart] with one line for the operator.
final class StartupDiagnosis {

    private static final Pattern SETTING = Pattern.compile("(?:property|key) (tarn\\.[a-z.]+)");

    private StartupDiagnosis() {}

    static CannotStart of(Throwable failure) {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes.reversed()) {
            if (cause instanceof CannotStart told) {
                return told;
            }
            if (cause instanceof QuarkusBindException taken) {
                return new CannotStart(
                        "Port " + taken.getPort()
                                + " is in use: stop what listens there, or choose another with TARN_PORT or --port.",
                        failure);
            }
            if (cause instanceof SQLException && CannotStart.isFullDisk(message(cause))) {
                return new CannotStart("The disk is full: PostgreSQL cannot write.", failure);
            }
            Matcher setting = SETTING.matcher(message(cause));
            if (setting.find()) {
                return new CannotStart(
                        ServiceSettings.variable(setting.group(1)) + " is not understood: " + message(cause), failure);
            }
        }
        return new CannotStart("It does not start: " + message(causes.getLast()), failure);
    }

    /// From the outermost to the root cause.
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (@Nullable Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse("");
    }
}
