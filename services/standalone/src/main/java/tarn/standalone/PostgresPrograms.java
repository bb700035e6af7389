package tarn.standalone;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// PostgreSQL's programs, unpacked from this program once per version.
///
/// @param folder with `bin`, `lib` and `share`
record PostgresPrograms(Path folder) {

    /// The version that determines the format of the data folder.
    static final String MAJOR_VERSION = "18";

    private static final List<String> NEEDED = List.of("initdb", "pg_ctl", "postgres");

    /// Unpacks the programs unless present, atomically.
    static PostgresPrograms in(DataFolder home) {
        Path folder = home.path("postgresql-" + version() + '-' + platform());
        if (!Files.isDirectory(folder)) {
            Path draft = home.path("postgresql.new");
            try {
                FileTree.delete(draft);
                unpack(draft);
                writeThrough(draft);
                home.move(draft, folder);
            } catch (IOException failure) {
                throw CannotStart.because(failure, folder);
            }
        }
        PostgresPrograms programs = new PostgresPrograms(folder);
        NEEDED.forEach(programs::require);
        return programs;
    }

    private void require(String name) {
        Path program = Path.of(program(name));
        if (!Files.isExecutable(program)) {
            throw new CannotStart(program + (Files.exists(program) ? " may not be executed" : " is missing")
                    + ": delete the folder " + folder + ", which is then unpacked again.");
        }
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static void unpack(Path folder) throws IOException {
        String archive = "/postgres-" + platform() + ".txz";
        try (InputStream resource = PostgresPrograms.class.getResourceAsStream(archive)) {
            if (resource == null) {
                throw new CannotStart("There is no embedded PostgreSQL for this machine (" + platform()
                        + "): name your own with TARN_DATABASE_URL.");
            }
            TarArchiveInputStream entries =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(resource)));
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entries, entry, folder.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveInputStream entries, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(entries, target);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /// Flushes a thousand files with one call; single calls take seconds on some disks.
    private static void writeThrough(Path folder) throws IOException {
        try {
            Process sync = new ProcessBuilder("sync", "-f", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (sync.waitFor() != 0) {
                new ProcessBuilder("sync").start().waitFor();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while unpacking", stopped);
        }
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream resource = PostgresPrograms.class.getResourceAsStream("postgres.properties")) {
            build.load(resource);
        } catch (IOException broken) {
            throw new IllegalStateException("This program was not built well", broken);
        }
        return build.getProperty("version");
    }

    private static String platform() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        return (mac ? "darwin" : "linux") + '-' + (arm ? "arm_64" : "x86_64");
    }
}
