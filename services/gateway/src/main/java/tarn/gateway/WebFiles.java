package tarn.gateway;

import io.quarkus.runtime.util.ClassPathUtils;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.service.Routes;

/// Serves the web app, the documentation and the contract from a map of paths filled at startup, so
/// that no path can traverse folders.
///
/// Each file is read on first request, but the start page at once: that keeps its archive open, so
/// that a new build beside a running Tarn does not change what it serves.
@Singleton
final class WebFiles {

    private static final Logger LOG = Logger.getLogger(WebFiles.class);
    private static final String BUNDLED = "META-INF/web/index.html";
    private static final String CONTRACT = "META-INF/contract/tarn.yaml";
    private static final String SCHEMA = "META-INF/contract/schema.graphqls";
    private static final String MISSING = "The web app is not part of this build. "
            + "Build it in web/ (npm run build), or name its folder in TARN_WEB_DIR. The API is at /api.\n";

    private final Map<String, WebFile> files = new HashMap<>();
    private final BlockingThreads threads;
    private final String without;

    /// @param folder the built web app, when it is not the one that is bundled
    WebFiles(@ConfigProperty(name = "tarn.web.dir") Optional<Path> folder, Routes routes, BlockingThreads threads) {
        this.threads = threads;
        this.without = String.join(",", routes.leftOut());
        try {
            if (folder.isPresent()) {
                readFolder(folder.get());
            } else {
                read(BUNDLED, index -> readFolder(index.resolveSibling("")));
            }
            read(CONTRACT, contract -> add("/openapi.yaml", contract));
            read(SCHEMA, schema -> add("/schema.graphqls", schema));
        } catch (IOException failure) {
            throw new UncheckedIOException("The files of the web app cannot be read", failure);
        }
        WebFile icon = files.get("/mark.svg");
        if (icon != null) {
            // Browsers ask for it where no page names another, as beside an answer of the API.
            files.putIfAbsent("/favicon.ico", icon);
        }
        WebFile app = files.get("/");
        if (app != null) {
            var _ = app.kept(threads);
        }
        LOG.debugf("%d files of the web app", files.size());
    }

    private static void read(String resource, java.util.function.Consumer<Path> reader) throws IOException {
        URL url = Thread.currentThread().getContextClassLoader().getResource(resource);
        if (url != null) {
            ClassPathUtils.consumeAsPath(url, reader);
        }
    }

    private void readFolder(Path root) {
        try (Stream<Path> found = Files.walk(root)) {
            found.filter(Files::isRegularFile).forEach(file -> {
                String path = '/' + root.relativize(file).toString().replace('\\', '/');
                if (!path.contains("/.")) {
                    add(path, file);
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Pages are also found without `index.html` or `.html`.
    private void add(String path, Path source) {
        WebFile file = new WebFile(source.toUri(), path, path.equals("/index.html") ? without : "");
        files.put(path, file);
        if (path.endsWith("/index.html")) {
            String folder = path.substring(0, path.length() - "index.html".length());
            files.put(folder, file);
            if (folder.length() > 1) {
                files.put(folder.substring(0, folder.length() - 1), file);
            }
        } else if (path.endsWith(".html")) {
            files.put(path.substring(0, path.length() - ".html".length()), file);
        }
    }

    void serve(GatewayExchange exchange) {
        HttpServerRequest request = exchange.request();
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            exchange.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            exchange.refuse(405, "method-not-allowed", "This address does not support that method.");
            return;
        }
        String path = exchange.context().normalizedPath();
        WebFile file = files.get(path);
        if (file == null && page(exchange, path)) {
            file = files.get("/");
            if (file == null) {
                exchange.response()
                        .setStatusCode(404)
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                        .end(MISSING);
                return;
            }
        }
        if (file == null) {
            throw new Refusal.NotFound("resource");
        }
        exchange.when(file.kept(threads), kept -> send(exchange, kept));
    }

    /// Whether a user is going to a page of the app, which finds its way by itself.
    private static boolean page(GatewayExchange exchange, String path) {
        if (path.equals("/")) {
            return true;
        }
        String accept = exchange.request().getHeader(HttpHeaders.ACCEPT);
        return exchange.route().template().equals("/{other}")
                && path.indexOf('.', path.lastIndexOf('/')) < 0
                && accept != null
                && accept.contains("text/html");
    }

    private static void send(GatewayExchange exchange, WebFile.Kept file) {
        HttpServerRequest request = exchange.request();
        HttpServerResponse response = exchange.response();
        WebFile.Form form = file.form(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
        response.putHeader(HttpHeaders.ETAG, form.tag())
                .putHeader(HttpHeaders.CACHE_CONTROL, file.caching())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (known(request.getHeader(HttpHeaders.IF_NONE_MATCH), form)) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
        if (form.encoding() != null) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, form.encoding());
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(
                            HttpHeaders.CONTENT_LENGTH,
                            Integer.toString(form.bytes().length()))
                    .end();
        } else {
            response.end(form.bytes());
        }
    }

    private static boolean known(@Nullable String tags, WebFile.Form form) {
        return tags != null && (tags.contains(form.tag()) || tags.strip().equals("*"));
    }
}
