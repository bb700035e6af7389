package tarn.platform.database;

import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;

/// Runs the Flyway migrations of one service's schema, the platform's and its own.
record Migrations(DatabaseUrl database, DatabaseSetup.Service service) {

    /// Checksums of earlier migrations that created an outbox for their own service, before the
    /// platform's migrations created it for all.
    private static final Set<Integer> WITH_OUTBOX = Set.of(1012095889, 1692937640, 194493895);

    /// The class path folders that hold the scripts.
    private List<String> folders() {
        return List.of("db/platform", "db/" + service.name());
    }

    /// SHA-256 over the names and contents of all scripts.
    String hash() {
        Map<String, byte[]> scripts = new TreeMap<>();
        try {
            for (String folder : folders()) {
                ClassPathUtils.consumeAsPaths(
                        Thread.currentThread().getContextClassLoader(), folder, path -> read(path, scripts));
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            scripts.forEach((name, text) -> {
                digest.update((name + ' ' + text.length + '\n').getBytes(StandardCharsets.UTF_8));
                digest.update(text);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException failure) {
            throw new UncheckedIOException("The migrations of " + service.name() + " cannot be read", failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void read(Path folder, Map<String, byte[]> scripts) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("V")) {
                    scripts.put(name, Files.readAllBytes(file));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Runs pending migrations.
    ///
    /// @throws DatabaseSetup.Unprepared when the schema cannot be migrated
    void run() {
        try {
            try {
                flyway().load().migrate();
            } catch (FlywayValidateException behind) {
                // The platform's versions are below 1, so that a new one comes before those that are applied.
                Flyway flyway = flyway().outOfOrder(true).load();
                if (hadItsOwnOutbox(flyway)) {
                    flyway.repair();
                }
                flyway.migrate();
            }
        } catch (FlywayException failure) {
            throw refused(failure);
        }
    }

    private static boolean hadItsOwnOutbox(Flyway flyway) {
        return Stream.of(flyway.info().applied())
                .map(MigrationInfo::getChecksum)
                .anyMatch(WITH_OUTBOX::contains);
    }

    private FluentConfiguration flyway() {
        return Flyway.configure()
                .dataSource(
                        database.jdbc(),
                        database.user(),
                        database.password() == null ? null : database.password().value())
                .initSql("set role " + service.owner())
                .schemas(service.name())
                .defaultSchema(service.name())
                .createSchemas(false)
                .locations(
                        folders().stream().map(folder -> "classpath:" + folder).toArray(String[]::new))
                .sqlMigrationPrefix("V")
                .validateMigrationNaming(false);
    }

    private DatabaseSetup.Unprepared refused(FlywayException failure) {
        SQLException answer = answer(failure);
        if (answer != null) {
            return DatabaseSetup.unprepared(answer);
        }
        return new DatabaseSetup.Unprepared(
                "The schema " + service.name()
                        + " was made by another version of Tarn and cannot be brought up to date: run that version, or"
                        + " begin anew with another folder in TARN_HOME or another database in TARN_DATABASE_URL.",
                failure);
    }

    /// PostgreSQL's error behind a Flyway failure; null when the failure has another cause.
    private static @Nullable SQLException answer(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException answer) {
                return answer;
            }
        }
        return null;
    }
}
