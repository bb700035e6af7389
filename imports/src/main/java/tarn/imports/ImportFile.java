package tarn.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A file to import, which can be read from its beginning as often as needed: readers keep only parts
/// of it in memory.
public interface ImportFile {

    /// The bytes from the first one on; the reader closes the stream.
    InputStream open() throws IOException;

    /// A file that is in memory already.
    static ImportFile of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    /// Whether it is only the beginning of a file.
    default boolean isCut() {
        return false;
    }
}
