package tarn.tasks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import tarn.imports.ImportFile;
import tarn.platform.problem.Refusal;

/// An uploaded file in a temporary file, which is deleted when closed.
final class ReceivedFile implements ImportFile, AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final FileChannel channel;
    private final byte[] digest;
    private final long length;

    private ReceivedFile(FileChannel channel, byte[] digest, long length) {
        this.channel = channel;
        this.length = length;
        this.digest = digest;
    }

    /// Stores a whole body.
    ///
    /// @param limit in bytes
    /// @throws Refusal.TooLarge when it is longer
    static ReceivedFile of(InputStream body, long limit) throws IOException {
        Path path = Files.createTempFile("tarn-import-", "");
        FileChannel channel = FileChannel.open(
                path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK];
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                if (channel.position() + read > limit) {
                    throw new Refusal.TooLarge("A file to import has at most " + limit / (1024 * 1024) + " MB.");
                }
                sha256.update(chunk, 0, read);
                ByteBuffer rest = ByteBuffer.wrap(chunk, 0, read);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
            return new ReceivedFile(channel, sha256.digest(), channel.position());
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// SHA-256 of the bytes.
    byte[] digest() {
        return digest.clone();
    }

    /// In bytes.
    long length() {
        return length;
    }

    @Override
    public InputStream open() {
        return new BufferedInputStream(new FromChannel(), CHUNK);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Reads by position, so that several streams are independent.
    private final class FromChannel extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
            position += Math.max(read, 0);
            return read;
        }
    }
}
