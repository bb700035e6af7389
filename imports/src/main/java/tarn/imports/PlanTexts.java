package tarn.imports;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps titles, descriptions and comments of a plan: in memory, or in a temporary file of at most
/// 256 MB, which is deleted when closed.
public final class PlanTexts implements AutoCloseable {

    static final long MAX_FILE_BYTES = 256L * 1024 * 1024;

    private static final PlanText EMPTY = () -> "";

    private final @Nullable FileChannel file;
    private long length;

    private PlanTexts(@Nullable FileChannel file) {
        this.file = file;
    }

    /// Texts in memory, where readers limit them to 32 MB.
    public static PlanTexts inMemory() {
        return new PlanTexts(null);
    }

    /// Texts in a new file. They cannot be read after it is closed.
    public static PlanTexts inFile() throws IOException {
        return new PlanTexts(FileChannel.open(
                Files.createTempFile("tarn-import-texts-", ""),
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)));
    }

    boolean isInFile() {
        return file != null;
    }

    /// Keeps a text.
    ///
    /// @param text without lone surrogates
    /// @throws UnreadableImport when the file is full
    PlanText keep(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        return file == null ? () -> text : written(file, text);
    }

    private PlanText written(FileChannel to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long position = length;
        length += bytes.length;
        if (length > MAX_FILE_BYTES) {
            throw new UnreadableImport(
                    "too-large",
                    "The texts of the file come to more than " + MAX_FILE_BYTES / (1024 * 1024) + " MB. Split it.");
        }
        try {
            for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                to.write(rest, position + rest.position());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new TextInFile(to, position, bytes.length);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /// A text in the file.
    ///
    /// @param length in bytes
    private record TextInFile(FileChannel file, long position, int length) implements PlanText {
        @Override
        public String read() {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            try {
                while (bytes.hasRemaining()) {
                    if (file.read(bytes, position + bytes.position()) < 0) {
                        throw new EOFException();
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }
}
