package tarn.standalone;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Stops the start with one clear line about what the operator must change.
final class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Exit code of a failure.
    private static final int FAILURE = 1;

    /// Exit code of wrong usage.
    private static final int USAGE = 2;

    private final int exitCode;

    CannotStart(String line) {
        this(line, FAILURE, null);
    }

    CannotStart(String line, @Nullable Throwable cause) {
        this(line, FAILURE, cause);
    }

    private CannotStart(String line, int exitCode, @Nullable Throwable cause) {
        super(line, cause);
        this.exitCode = exitCode;
    }

    /// For a malformed command line.
    static CannotStart usage(String line) {
        return new CannotStart(line + " See ./tarn up --help", USAGE, null);
    }

    /// For a file or folder that cannot be read or written.
    static CannotStart because(IOException failure, Path path) {
        String reason = String.valueOf(failure.getMessage());
        if (isFullDisk(reason)) {
            return fullDisk(path);
        }
        if (failure instanceof AccessDeniedException || reason.contains("Permission denied")) {
            return new CannotStart(
                    path + " may not be read and written by this user: choose another folder with "
                            + "TARN_HOME, or start Tarn as the one who owns it.",
                    failure);
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return new CannotStart(path + " is not a folder: choose another one with TARN_HOME.", failure);
        }
        if (failure instanceof NoSuchFileException) {
            return new CannotStart(path + " cannot be made: choose another folder with TARN_HOME.", failure);
        }
        return new CannotStart(
                path + " cannot be used: " + reason.lines().findFirst().orElse("unknown"), failure);
    }

    static CannotStart fullDisk(Path path) {
        return new CannotStart("The disk is full: nothing more can be written in " + path + '.');
    }

    static boolean isFullDisk(String message) {
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }

    int exitCode() {
        return exitCode;
    }
}
