package tarn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The files of this repository, for tests that read sources and migrations.
///
/// @param root the top folder
public record Repository(Path root) {

    /// The repository that holds the working folder.
    public static Repository here() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isRegularFile(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(
                    "Not within the repository: " + Path.of("").toAbsolutePath());
        }
        return new Repository(folder);
    }

    /// Names of the services that have migrations.
    public List<String> servicesWithMigrations() {
        return services().stream()
                .filter(service -> Files.isDirectory(migrations(service)))
                .toList();
    }

    /// The folder of a service's migrations.
    public Path migrations(String service) {
        return resources(service).resolve("db").resolve(service);
    }

    /// The folder of the migrations shared by all services.
    public Path platformMigrations() {
        return root.resolve("platform/runtime/src/main/resources/db/platform");
    }

    /// Runs work with the migrations of all services on the class path.
    public void withMigrations(Runnable work) {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(resourceFolders(), usual)) {
            thread.setContextClassLoader(loader);
            work.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    /// All files below a folder whose path matches; none without the folder.
    public List<Path> files(String folder, Predicate<String> accepted) {
        Path start = root.resolve(folder);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> accepted.test(root.relativize(file).toString()))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The text of a file.
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<String> services() {
        try (Stream<Path> folders = Files.list(root.resolve("services"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path resources(String service) {
        return root.resolve("services").resolve(service).resolve("src/main/resources");
    }

    private URL[] resourceFolders() throws IOException {
        List<URL> folders = new ArrayList<>();
        for (String service : servicesWithMigrations()) {
            folders.add(resources(service).toUri().toURL());
        }
        return folders.toArray(URL[]::new);
    }
}
