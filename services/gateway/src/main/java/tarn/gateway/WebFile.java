package tarn.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.MimeMapping;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;

/// A static file, read on first request and then kept in memory, compressed if that saves a tenth.
final class WebFile {

    /// Bytes below which a file is not compressed.
    private static final int WORTH_COMPRESSING = 1_000;

    /// `gzip;q=0.0`, with which a client refuses gzip.
    private static final Pattern NO_GZIP = Pattern.compile("gzip\\s*;\\s*q=0(\\.0*)?\\s*(,|$)");

    private final URI source;
    private final String type;
    private final String caching;
    private final String without;
    private @Nullable CompletableFuture<Kept> kept;

    /// @param source location of its bytes
    /// @param path where it is served; files below `/assets/` have a content hash in their name and
    /// never change
    WebFile(URI source, String path) {
        this(source, path, "");
    }

    /// The page of the web app.
    ///
    /// @param without names of excluded services, told to the app in `<meta name="tarn-without">`;
    /// empty for none
    WebFile(URI source, String path, String without) {
        this.source = source;
        this.type = type(path);
        this.without = without;
        this.caching = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    }

    /// The content, read if necessary.
    ///
    /// @param threads for reading
    /// @return fails with [Refusal.NotFound] when the file is gone; the next call tries again
    synchronized CompletableFuture<Kept> kept(Executor threads) {
        CompletableFuture<Kept> present = kept;
        if (present == null || present.isCompletedExceptionally()) {
            present = CompletableFuture.supplyAsync(this::read, threads);
            kept = present;
        }
        return present;
    }

    private Kept read() {
        try (InputStream in = source.toURL().openStream()) {
            return new Kept(told(in.readAllBytes()), type, caching);
        } catch (FileNotFoundException gone) {
            throw new Refusal.NotFound("resource");
        } catch (IOException failure) {
            throw new UncheckedIOException("The file " + source + " cannot be read", failure);
        }
    }

    private byte[] told(byte[] page) {
        return without.isEmpty()
                ? page
                : new String(page, StandardCharsets.UTF_8)
                        .replaceFirst("<head>", "<head><meta name=\"tarn-without\" content=\"" + without + "\">")
                        .getBytes(StandardCharsets.UTF_8);
    }

    /// A representation of the file.
    ///
    /// @param tag strong entity tag of these bytes
    /// @param encoding null for the file as it is
    record Form(Buffer bytes, String tag, @Nullable String encoding) {}

    /// The content in memory, compressed when smaller.
    static final class Kept {

        private final String type;
        private final String caching;
        private final String plainTag;
        private final Form smallest;

        /// The uncompressed form, softly referenced beside the compressed one.
        private volatile SoftReference<Form> plain = new SoftReference<>(null);

        private Kept(byte[] bytes, String type, String caching) {
            this.type = type;
            this.caching = caching;
            this.plainTag = tag(bytes);
            byte[] compressed = bytes.length < WORTH_COMPRESSING ? bytes : compressed(bytes);
            this.smallest = compressed.length < bytes.length * 9L / 10
                    ? new Form(Buffer.buffer(compressed), tag(compressed), "gzip")
                    : new Form(Buffer.buffer(bytes), plainTag, null);
        }

        String type() {
            return type;
        }

        /// Its `Cache-Control`.
        String caching() {
            return caching;
        }

        /// The smallest form that the client accepts.
        Form form(@Nullable String acceptEncoding) {
            boolean understood = smallest.encoding() == null
                    || (acceptEncoding != null
                            && acceptEncoding.contains("gzip")
                            && !NO_GZIP.matcher(acceptEncoding).find());
            return understood ? smallest : plain();
        }

        private Form plain() {
            Form known = plain.get();
            if (known == null) {
                known = new Form(inflated(smallest.bytes()), plainTag, null);
                plain = new SoftReference<>(known);
            }
            return known;
        }
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(result)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return result.toByteArray();
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
            case "woff2" -> "font/woff2";
            case "webmanifest" -> "application/manifest+json";
            default -> {
                String type = MimeMapping.getMimeTypeForExtension(extension);
                yield type == null ? "text/plain; charset=utf-8" : type;
            }
        };
    }
}
