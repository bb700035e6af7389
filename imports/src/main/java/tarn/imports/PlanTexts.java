package tarn.imports;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps titles, descriptions and comments of a plan, at most 256 MB, and the lines of its report: in
/// memory, or in a temporary file, which is deleted when closed.
public final class PlanTexts implements AutoCloseable {

    static final long MAX_FILE_BYTES = 256L * 1024 * 1024;

    /// Bytes of all lines of the report in the file.
    private static final long MAX_LINE_BYTES = 256L * 1024 * 1024;

    private static final PlanText EMPTY = () -> "";

    private final @Nullable FileChannel file;
    private final List<String> linesInMemory = new ArrayList<>();
    private long length;
    private long textBytes;
    private long lineBytes;

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
        textBytes += bytes.length;
        if (textBytes > MAX_FILE_BYTES) {
            throw new UnreadableImport(
                    "too-large",
                    "The texts of the file come to more than " + MAX_FILE_BYTES / (1024 * 1024) + " MB. Split it.");
        }
        return new TextInFile(to, write(to, ByteBuffer.wrap(bytes)), bytes.length);
    }

    /// Keeps a line of the report.
    ///
    /// @return where it is; -1 when there is no room for it
    long append(String line) {
        if (file == null) {
            linesInMemory.add(line);
            return linesInMemory.size() - 1L;
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        lineBytes += bytes.length;
        if (lineBytes > MAX_LINE_BYTES) {
            return -1;
        }
        return write(
                file,
                ByteBuffer.allocate(Integer.BYTES + bytes.length)
                        .putInt(bytes.length)
                        .put(bytes)
                        .flip());
    }

    /// A line of the report.
    ///
    /// @param position where it is
    String at(long position) {
        if (file == null) {
            return linesInMemory.get(Math.toIntExact(position));
        }
        int bytes = read(file, position, Integer.BYTES).getInt();
        return new String(read(file, position + Integer.BYTES, bytes).array(), StandardCharsets.UTF_8);
    }

    /// Gives back the memory of a line of the report; in a file its place stays taken.
    ///
    /// @param position where it is
    void drop(long position) {
        if (file == null) {
            linesInMemory.set(Math.toIntExact(position), "");
        }
    }

    /// Writes at the end and returns where that was.
    private long write(FileChannel to, ByteBuffer bytes) {
        long position = length;
        length += bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes, position + bytes.position());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return position;
    }

    private static ByteBuffer read(FileChannel from, long position, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining()) {
                if (from.read(bytes, position + bytes.position()) < 0) {
                    throw new EOFException();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.flip();
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
            return new String(PlanTexts.read(file, position, length).array(), StandardCharsets.UTF_8);
        }
    }
}
