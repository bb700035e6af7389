package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tarn.platform.database.DatabaseUrl;
import tarn.testing.Api;
import tarn.testing.Eventually;
import tarn.testing.Program;
import tarn.testing.TestDatabase;

/// Tarn without the services that can be left out.
class LeftOutProcessTest {

    @ParameterizedTest
    @EnumSource(Program.Topology.class)
    void theOthersWorkAndSayWhatIsNotThere(Program.Topology shape) throws SQLException {
        DatabaseUrl database = TestDatabase.empty("left_out_" + shape.name().toLowerCase(Locale.ROOT));
        Map<String, String> environment = new HashMap<>(Program.QUICK);
        environment.put("TARN_WITHOUT", "posts,calculator,worker");
        environment.put(
                "TARN_DATABASE_URL", database.jdbc().replaceFirst("^jdbc:postgresql://", "postgresql://postgres@"));
        Program program = Program.start(shape, environment);
        try {
            Api nobody = Api.at(program.url());
            Api ada = Accounts.signedIn(nobody);
            String project = ada.post("/api/projects", Map.of("name", "Hut")).at("/id");

            assertThat(ada.post("/api/tasks", Map.of("projectId", project, "title", "Roof"))
                            .status())
                    .isEqualTo(201);
            assertThat(ada.post("/api/items", Map.of("projectId", project, "name", "Nails", "unitPrice", "2"))
                            .at("/totalState"))
                    .isEqualTo("pending");
            assertNotAvailable(ada.post("/api/posts", Map.of("projectId", project, "body", "Hello")), "posts");
            assertNotAvailable(nobody.get("/api/posts/threads"), "posts");
            Eventually.within(
                    Duration.ofSeconds(20),
                    () -> ada.get("/api/search?text=roo")
                            .json()
                            .path("unavailable")
                            .isEmpty());
            Api.Answer found = ada.get("/api/search?text=roo");
            assertThat(found.at("/tasks/items/0/projectName")).as(found.body()).isEqualTo("Hut");
            assertThat(found.json().path("posts").isNull()).isTrue();
            assertNotAvailable(ada.post("/api/calculations", Map.of("expression", "1+1")), "calculator");
            assertNotAvailable(ada.get("/api/timetable"), "worker");
            assertNotAvailable(ada.get("/api/live"), "worker");
            assertGraph(ada.post("/graphql", Map.of("query", """
                    {project(id: "%s") {name posts {nodes {body}}} calculate(expression: "1+1") {result}}""".formatted(project))));
            assertThat(schemas(database)).contains("identity", "tasks").doesNotContain("posts", "worker");
        } finally {
            program.stop();
            program.remove();
        }
    }

    private static void assertNotAvailable(Api.Answer answer, String service) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not-available");
        assertThat(answer.at("/detail")).isEqualTo("This Tarn runs without the " + service + " service.");
    }

    private static void assertGraph(Api.Answer answer) {
        assertThat(answer.at("/data/project/name")).as(answer.body()).isEqualTo("Hut");
        assertThat(answer.json().at("/data/project/posts").isNull()).isTrue();
        assertThat(answer.json().at("/data/calculate").isNull()).isTrue();
        assertThat(answer.json().path("errors").findValuesAsText("code"))
                .containsExactly("not-available", "not-available");
    }

    private static String schemas(DatabaseUrl database) throws SQLException {
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select string_agg(nspname, ' ' order by nspname) from pg_namespace")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
