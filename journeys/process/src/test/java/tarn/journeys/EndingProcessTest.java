package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tarn.platform.Secret;
import tarn.platform.database.DatabaseUrl;
import tarn.testing.Api;
import tarn.testing.Program;
import tarn.testing.TestDatabase;

/// However it ends: nothing that was acknowledged is lost, and it starts again at once.
class EndingProcessTest {

    private static final String PASSWORD = "granite lake 42 northwind";

    /// More lines than a pipe and the queue of log lines hold.
    private static final int LOGGED_REQUESTS = 6_000;

    @ParameterizedTest
    @EnumSource(Program.Topology.class)
    void losesNothingAndStartsAgain(Program.Topology shape) throws Exception {
        Program program = Program.start(shape, Program.QUICK);
        try {
            register(program, "ada");
            kill(program, shape);
            program = program.again();
            assertThat(signIn(program, "ada")).isEqualTo(201);

            Program second = Program.launch(program.home(), Program.freePort(), shape, Map.of());
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.output().strip())
                    .isEqualTo("tarn: Tarn already runs on " + program.home() + " (process "
                            + program.process().pid() + ").");

            assertThat(answerWhileStopping(program)).startsWith("HTTP/1.1 201 ");
            assertThat(program.awaitEnd()).isEqualTo(143);
            assertThat(program.home().resolve("postgres/postmaster.pid")).doesNotExist();
        } finally {
            program.remove();
        }
    }

    @Test
    void usesThePostgresqlItIsTold() throws SQLException {
        DatabaseUrl database = withPassword(TestDatabase.empty("told"));
        String address = database.jdbc().replace("jdbc:postgresql://", "postgresql://postgres:postgres@");

        Program program = Program.start(Program.Topology.ONE, Map.of("TARN_DATABASE_URL", address));
        try {
            register(program, "ada");
            assertThat(program.stop()).isEqualTo(143);

            assertThat(program.home().resolve("postgres")).doesNotExist();
            try (Connection connection = TestDatabase.connect(database);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from identity.app_user")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isOne();
            }
        } finally {
            program.remove();
        }
    }

    @ParameterizedTest
    @EnumSource(Program.Topology.class)
    void servesAndEndsWhereNobodyReadsItsOutput(Program.Topology shape) {
        Map<String, String> environment = new HashMap<>(Program.QUICK);
        environment.put("TARN_RATE_LIMIT", Integer.toString(10 * LOGGED_REQUESTS));
        Program program = Program.startUnread(shape, environment);
        try {
            Api nobody = Api.at(program.url());
            assertThat(IntStream.range(0, LOGGED_REQUESTS)
                            .parallel()
                            .map(_ -> nobody.get("/api/tasks").status())
                            .boxed()
                            .collect(Collectors.toSet()))
                    .containsExactly(401);

            program.process().destroy();

            assertThat(program.process().onExit()).succeedsWithin(Duration.ofSeconds(40));
            assertThat(program.awaitEnd()).isEqualTo(143);
        } finally {
            program.remove();
        }
    }

    /// All of it when it is one process; when it is several, the supervisor alone, so that those it has
    /// started have to end by themselves.
    private static void kill(Program program, Program.Topology shape) {
        switch (shape) {
            case ONE -> program.kill();
            case SPLIT -> program.killAlone();
        }
    }

    private static DatabaseUrl withPassword(DatabaseUrl url) {
        return new DatabaseUrl(url.jdbc(), "postgres", new Secret("postgres"));
    }

    private static void register(Program program, String name) {
        Api.Answer answer = Api.at(program.url())
                .post("/api/users", Map.of("name", name, "email", email(name), "password", PASSWORD));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private static int signIn(Program program, String name) {
        return Api.at(program.url())
                .post("/api/sessions", Map.of("email", email(name), "password", PASSWORD, "grant", "token"))
                .status();
    }

    private static String email(String name) {
        return name + "@example.test";
    }

    /// Sends half of a request, tells the program to end, sends the rest.
    ///
    /// @return the answer's first line and some more
    private static String answerWhileStopping(Program program) throws IOException, InterruptedException {
        String body = "{\"name\": \"cat\", \"email\": \"" + email("cat") + "\", \"password\": \"" + PASSWORD + "\"}";
        URI url = program.url();
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /api/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body.substring(0, 20))
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            TimeUnit.MILLISECONDS.sleep(500);
            program.process().destroy();
            TimeUnit.SECONDS.sleep(2);
            out.write(body.substring(20).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(30), StandardCharsets.US_ASCII);
        }
    }
}
