package tarn.platform.upload;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A request body that the gateway of the same process has stored in a file.
///
/// @param file open; closed by the gateway when the request ends
/// @param length in bytes
public record UploadedFile(AsyncFile file, long length) {

    /// The gateway's key for it in the routing context's data.
    public static final String KEY = "tarn.uploaded-file";

    private static final int CHUNK = 64 * 1024;

    /// The body as a stream, from the file if there is one, else from the network.
    public static InputStream stream(RoutingContext context, @Nullable InputStream entity) {
        UploadedFile uploaded = context.get(KEY);
        return uploaded == null
                ? Objects.requireNonNullElse(entity, InputStream.nullInputStream())
                : new Stream(uploaded);
    }

    private static final class Stream extends InputStream {

        private final UploadedFile uploaded;
        private Buffer chunk = Buffer.buffer();
        private int read;
        private long position;

        Stream(UploadedFile uploaded) {
            this.uploaded = uploaded;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (read == chunk.length() && !next()) {
                return -1;
            }
            int count = Math.min(length, chunk.length() - read);
            chunk.getBytes(read, read + count, bytes, offset);
            read += count;
            return count;
        }

        private boolean next() throws IOException {
            int length = (int) Math.min(CHUNK, uploaded.length - position);
            if (length <= 0) {
                return false;
            }
            try {
                chunk = uploaded.file
                        .read(Buffer.buffer(length), 0, position, length)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
            } catch (CompletionException failure) {
                throw new IOException("The file of a body cannot be read", failure.getCause());
            }
            read = 0;
            position += chunk.length();
            return chunk.length() > 0;
        }
    }
}
