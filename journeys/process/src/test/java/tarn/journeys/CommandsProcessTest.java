package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarn.platform.Secret;
import tarn.platform.database.DatabaseUrl;
import tarn.testing.Program;
import tarn.testing.TestDatabase;

/// `./tarn migrate` and `./tarn secrets`, as an operator uses them who runs the services on several machines.
class CommandsProcessTest {

    @TempDir
    Path home;

    @Test
    void aServiceElsewhereGetsItsDatabaseAndItsSecretsButNeverTheRoot() throws Exception {
        DatabaseUrl database = TestDatabase.empty("commands");
        Map<String, String> environment = new HashMap<>(Program.QUICK);
        environment.put(
                "TARN_DATABASE_URL", database.jdbc().replaceFirst("^jdbc:postgresql://", "postgresql://postgres@"));

        assertThat(ended(environment, 0, "migrate")).endsWith("Up to date: identity, tasks, posts, worker.");
        Map<String, String> posts = variables(ended(environment, 0, "secrets", "posts"));

        assertThat(posts)
                .containsOnlyKeys(
                        "TARN_DATABASE_URL",
                        "TARN_DIGEST_KEY",
                        "TARN_POSTS_DATABASE_PASSWORD",
                        "TARN_POSTS_KEY",
                        "TARN_PUBLIC_URL",
                        "TARN_SERVICE")
                .doesNotContainValue(Files.readString(home.resolve("secret")).strip());
        try (Connection connection = TestDatabase.connect(new DatabaseUrl(
                value(posts, "TARN_DATABASE_URL"),
                "tarn_posts",
                new Secret(value(posts, "TARN_POSTS_DATABASE_PASSWORD"))))) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(variables(ended(environment, 0, "secrets", "identity")))
                .containsEntry("TARN_POSTS_KEY", value(posts, "TARN_POSTS_KEY"));
        assertThat(ended(environment, 1, "secrets", "lake"))
                .endsWith("tarn: There is no service lake: name one of identity, tasks, posts, calculator, worker,"
                        + " gateway.");
    }

    @Test
    void aDatabaseOfAnotherVersionIsRefusedInOneSentence() throws Exception {
        DatabaseUrl database = TestDatabase.empty("another_version");
        String url = database.jdbc().replaceFirst("^jdbc:postgresql://", "postgresql://postgres@");
        ended(Map.of("TARN_DATABASE_URL", url), 0, "migrate");
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("update posts.flyway_schema_history set checksum = 1");
            statement.execute("comment on schema posts is null");
        }

        assertThat(ended(Map.of("TARN_DATABASE_URL", url), 1, "migrate"))
                .isEqualTo("tarn: The schema posts was made by another version of Tarn and cannot be brought up to"
                        + " date: run that version, or begin anew with another folder in TARN_HOME or another"
                        + " database in TARN_DATABASE_URL.");
    }

    @Test
    void aConsumerIsRetiredByACommand() throws Exception {
        DatabaseUrl database = TestDatabase.empty("retired");
        Map<String, String> environment = Map.of(
                "TARN_DATABASE_URL", database.jdbc().replaceFirst("^jdbc:postgresql://", "postgresql://postgres@"));

        assertThat(ended(environment, 0, "retire", "lake"))
                .endsWith("Retired: lake. No event waits for it any longer.");
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select consumer, epoch from tasks.outbox_consumer order by consumer")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("lake");
            assertThat(rows.getInt(2)).isEqualTo(Integer.MAX_VALUE);
        }
        assertThat(ended(environment, 1, "retire", "worker"))
                .isEqualTo("tarn: The consumer worker is a service of this Tarn: name it in TARN_WITHOUT first.");
        assertThat(ended(environment, 1, "retire", "lakes"))
                .isEqualTo("tarn: There is no consumer lakes: name one of lake, worker.");
    }

    private static String value(Map<String, String> variables, String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    private String ended(Map<String, String> environment, int code, String... command) {
        Program program = Program.run(home, environment, command);
        assertThat(program.awaitEnd()).as(program.output()).isEqualTo(code);
        return program.output().strip();
    }

    private static Map<String, String> variables(String lines) {
        return Arrays.stream(lines.split("\n"))
                .filter(line -> line.startsWith("TARN_"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }
}
