package tarn.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.MimeMapping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// One file in memory, as it is and compressed.
final class WebFile {

    /// What is smaller is sent as it is.
    private static final int WORTH_COMPRESSING = 1_000;

    /// The bytes that are sent.
    ///
    /// @param tag the strong entity tag of exactly these bytes
    /// @param encoding null when they are the file itself
    record Form(Buffer bytes, String tag, @Nullable String encoding) {}

    private final Form plain;
    private final String type;
    private final String caching;
    private volatile @Nullable Form compressed;

    private WebFile(byte[] bytes, String type, String caching) {
        this.plain = form(bytes, null);
        this.type = type;
        this.caching = caching;
    }

    /// @param path where it is served; what stands under `/assets/` has its content's hash in its
    ///     name and never changes
    static WebFile read(Path file, String path) {
        try {
            return new WebFile(
                    Files.readAllBytes(file),
                    type(path),
                    path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String type() {
        return type;
    }

    /// The `Cache-Control` it is sent with.
    String caching() {
        return caching;
    }

    /// The smallest form that a client understands, of those that are there.
    Form form(@Nullable String acceptEncoding) {
        Form small = compressed;
        return small != null
                        && acceptEncoding != null
                        && acceptEncoding.contains("gzip")
                        && !acceptEncoding.contains("gzip;q=0")
                ? small
                : plain;
    }

    /// Makes the compressed form, when that is worth it; takes a while.
    void compress() {
        if (plain.bytes().length() < WORTH_COMPRESSING || compressed != null) {
            return;
        }
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try (OutputStream gzip = new BestGzip(result)) {
            gzip.write(plain.bytes().getBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (result.size() < plain.bytes().length() * 9L / 10) {
            compressed = form(result.toByteArray(), "gzip");
        }
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream target) throws IOException {
            super(target);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static Form form(byte[] bytes, @Nullable String encoding) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Form(Buffer.buffer(bytes), '"' + HexFormat.of().formatHex(hash, 0, 12) + '"', encoding);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String type(String path) {
        String extension = path.substring(path.lastIndexOf('.') + 1);
        return switch (extension) {
            case "html", "css" -> "text/" + extension + "; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "yaml" -> "application/yaml";
            case "webmanifest" -> "application/manifest+json";
            default -> {
                String type = MimeMapping.getMimeTypeForExtension(extension);
                yield type == null ? "text/plain; charset=utf-8" : type;
            }
        };
    }
}
