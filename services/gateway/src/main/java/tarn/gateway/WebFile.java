package tarn.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.MimeMapping;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// One file in memory: compressed, when that is smaller, once there was time for it.
final class WebFile {

    /// What is smaller is sent as it is.
    private static final int WORTH_COMPRESSING = 1_000;

    /// The bytes that are sent.
    ///
    /// @param tag the strong entity tag of exactly these bytes
    /// @param encoding null when they are the file itself
    record Form(Buffer bytes, String tag, @Nullable String encoding) {}

    /// As in `gzip;q=0.0`, with which a client says that it does not understand it.
    private static final Pattern NO_GZIP = Pattern.compile("gzip\\s*;\\s*q=0(\\.0*)?\\s*(,|$)");

    private final String type;
    private final String caching;
    private final String plainTag;
    private volatile Form kept;

    /// The file itself, as long as there is room for it beside its compressed form.
    private volatile SoftReference<Form> plain = new SoftReference<>(null);

    private WebFile(byte[] bytes, String type, String caching) {
        this.type = type;
        this.caching = caching;
        this.plainTag = tag(bytes);
        this.kept = new Form(Buffer.buffer(bytes), plainTag, null);
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

    /// The smallest form that a client understands.
    Form form(@Nullable String acceptEncoding) {
        Form present = kept;
        boolean understood = present.encoding() == null
                || (acceptEncoding != null
                        && acceptEncoding.contains("gzip")
                        && !NO_GZIP.matcher(acceptEncoding).find());
        return understood ? present : plain(present);
    }

    private Form plain(Form compressed) {
        Form known = plain.get();
        if (known == null) {
            known = new Form(inflated(compressed.bytes()), plainTag, null);
            plain = new SoftReference<>(known);
        }
        return known;
    }

    /// Keeps the compressed form instead, when that is worth it; takes a while.
    void compress() {
        Form present = kept;
        int length = present.bytes().length();
        if (length < WORTH_COMPRESSING || present.encoding() != null) {
            return;
        }
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(result)) {
            gzip.write(present.bytes().getBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (result.size() < length * 9L / 10) {
            byte[] bytes = result.toByteArray();
            kept = new Form(Buffer.buffer(bytes), tag(bytes), "gzip");
        }
    }

    private static Buffer inflated(Buffer compressed) {
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(compressed.getBytes()))) {
            return Buffer.buffer(plain.readAllBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
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
