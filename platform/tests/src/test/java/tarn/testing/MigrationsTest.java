package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tarn.platform.database.DatabaseUrl;

final class MigrationsTest {

    private static final Repository REPOSITORY = Repository.here();

    static List<String> services() {
        return REPOSITORY.servicesWithMigrations();
    }

    @ParameterizedTest
    @MethodSource("services")
    void goUpDownAndUpAgain(String service) throws SQLException, IOException {
        DatabaseUrl database = TestDatabase.empty("up_down_up_" + service);
        List<Path> up = scripts(service, 'V');
        List<Path> down = scripts(service, 'U').reversed();
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + service);
            statement.execute("set search_path = " + service);
            String empty = Catalog.schema(database);

            run(statement, up);
            String first = Catalog.schema(database);
            run(statement, down);
            String after = Catalog.schema(database);
            run(statement, up);

            assertThat(after).isEqualTo(empty);
            assertThat(Catalog.schema(database)).isEqualTo(first).isNotEqualTo(empty);
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void haveEachTheirWayBack(String service) throws IOException {
        assertThat(scripts(service, 'U').stream().map(MigrationsTest::stem))
                .isEqualTo(
                        scripts(service, 'V').stream().map(MigrationsTest::stem).toList());
    }

    @Test
    void doneTasksKeepTheirTimesAndMayHaveNoneFromNowOn() throws SQLException, IOException {
        DatabaseUrl database = TestDatabase.empty("unknown_completion");
        Predicate<Path> newer = script -> version(script) == 6;
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("create schema tasks");
            statement.execute("set search_path = tasks");
            run(
                    statement,
                    scripts("tasks", 'V').stream()
                            .filter(script -> version(script) < 6)
                            .toList());
            statement.execute("""
                insert into project (id, name, created_by, created_at, updated_at)
                values (gen_random_uuid(), 'Old', gen_random_uuid(), now(), now());
                insert into task (id, project_id, title, status, position, completed_at, created_by, created_at, updated_at)
                select gen_random_uuid(), id, 'dated', 'done', 'a', '2020-01-02', created_by, '2020-01-01', '2021-01-01'
                from project""");
            run(statement, scripts("tasks", 'V').stream().filter(newer).toList());
            statement.execute("""
                insert into task (id, project_id, title, status, position, created_by, created_at, updated_at)
                select gen_random_uuid(), id, 'undated', 'done', 'b', created_by, '2022-01-01', '2022-01-01' from project""");
            assertThat(times(statement)).isEqualTo("dated 2020-01-02, undated -");

            run(statement, scripts("tasks", 'U').stream().filter(newer).toList());

            assertThat(times(statement)).isEqualTo("dated 2020-01-02, undated 2022-01-01");
        }
    }

    private static String times(Statement statement) throws SQLException {
        try (ResultSet times = statement.executeQuery(
                "select string_agg(title || ' ' || coalesce(completed_at::date::text, '-'), ', ' order by title) from task")) {
            times.next();
            return times.getString(1);
        }
    }

    @Test
    void areWhatTheGeneratedFilesWereMadeFrom(@TempDir Path fresh) throws Exception {
        new SchemaGenerator(REPOSITORY.root()).write(fresh);

        assertThat(generated(fresh))
                .as("the generated files are stale: run ./tarn schema and commit what it writes")
                .isEqualTo(generated(REPOSITORY.root()));
    }

    private static Map<String, String> generated(Path root) {
        Repository repository = new Repository(root);
        Map<String, String> files = new TreeMap<>();
        Stream.concat(
                        repository.files("services", path -> path.contains("/src/generated/java/")).stream(),
                        Stream.of(root.resolve("docs/schema.md")))
                .forEach(file -> files.put(root.relativize(file).toString(), Repository.text(file)));
        return files;
    }

    private static List<Path> scripts(String service, char kind) throws IOException {
        try (Stream<Path> own = Files.list(REPOSITORY.migrations(service));
                Stream<Path> all = Files.list(REPOSITORY.platformMigrations())) {
            return Stream.concat(all, own)
                    .filter(file -> file.getFileName().toString().matches(kind + "[0-9.]+__.*\\.sql"))
                    .sorted(Comparator.comparingDouble(MigrationsTest::version))
                    .toList();
        }
    }

    private static double version(Path file) {
        String stem = stem(file);
        return Double.parseDouble(stem.substring(0, stem.indexOf("__")));
    }

    private static String stem(Path file) {
        return file.getFileName().toString().substring(1);
    }

    private static void run(Statement statement, List<Path> scripts) throws SQLException {
        for (Path script : scripts) {
            statement.execute(Repository.text(script));
        }
    }
}
