package tarn.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// An import file that can be read from its start any number of times, so that readers need not
/// hold it in memory.
public interface ImportFile {

    /// Opens the content, for the caller to close.
    InputStream open() throws IOException;

    /// A file in memory.
    static ImportFile of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    /// Whether this is only the start of a file.
    default boolean isCut() {
        return false;
    }
}
