package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    Path home;

    @Test
    void needsNothingButAHomeFolder() {
        Settings settings = Settings.read(List.of(), Map.of("HOME", "/home/ada"));

        assertThat(settings.home()).isEqualTo(Path.of("/home/ada/.tarn"));
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.managementPort()).isNull();
        assertThat(settings.publicUrl()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(settings.secret()).isNull();
        assertThat(settings.database()).isNull();
        assertThat(settings.split()).isFalse();
    }

    @Test
    void anOptionWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        Files.writeString(home.resolve("tarn.env"), "TARN_PORT=1\nTARN_HOST=0.0.0.0\nTARN_MANAGEMENT_PORT=9100\n");

        Settings settings = read(List.of("--port", "3", "--split"), "TARN_PORT", "2", "TARN_MANAGEMENT_PORT", "9200");

        assertThat(settings.port()).isEqualTo(3);
        assertThat(settings.managementPort()).isEqualTo(9200);
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.publicUrl()).isEqualTo(URI.create("http://localhost:3"));
        assertThat(settings.split()).isTrue();
        assertThat(settings.variables()).containsEntry("TARN_PORT", "3").containsKey("TARN_HOST");
    }

    @Test
    void severalGatewaysListenOnPortsInARow() {
        Settings settings = read(List.of("--split", "--replicas", "2", "--port=8123"));

        assertThat(settings.gatewayPorts()).containsExactly(8123, 8124);
        assertThatThrownBy(() -> read(List.of("--split", "--replicas", "2", "--port=65535")))
                .hasMessage("There are no 2 ports from 65535 on for the gateways.");
    }

    @Test
    void whatIsEmptyIsNotSet() {
        Settings settings = read(List.of("--port=8123"), "TARN_SECRET", " ", "TARN_DATABASE_URL", "");

        assertThat(settings.port()).isEqualTo(8123);
        assertThat(settings.secret()).isNull();
        assertThat(settings.database()).isNull();
    }

    @Test
    void thePublicAddressIsAsUsersTypeIt() {
        assertThat(read(List.of(), "TARN_PUBLIC_URL", "https://tarn.example.org/")
                        .publicUrl())
                .isEqualTo(URI.create("https://tarn.example.org"));
        assertThat(read(List.of(), "TARN_HOST", "10.1.2.3").publicUrl()).isEqualTo(URI.create("http://10.1.2.3:8080"));
        assertThat(read(List.of(), "TARN_HOST", "fd00::1").publicUrl()).isEqualTo(URI.create("http://[fd00::1]:8080"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TARN_PORT            | abc           | TARN_PORT is not a port between 1 and 65535: abc",
                "TARN_PORT            | 0             | TARN_PORT is not a port between 1 and 65535: 0",
                "TARN_MANAGEMENT_PORT | 65536         | TARN_MANAGEMENT_PORT is not a port between 1 and 65535: 65536",
                "TARN_RATE_LIMIT      | 0             | TARN_RATE_LIMIT is not a whole number above 0: 0",
                "TARN_RATE_LIMIT      | many          | TARN_RATE_LIMIT is not a whole number above 0: many",
                "TARN_REGISTRATION    | maybe         | TARN_REGISTRATION is neither open nor closed: maybe",
                "TARN_PUBLIC_URL      | tarn          | TARN_PUBLIC_URL is not an address like https://tarn.example.org: tarn",
                "TARN_PUBLIC_URL      | http://a/b    | TARN_PUBLIC_URL is not an address like https://tarn.example.org: http://a/b",
                "TARN_SECRET          | short         | TARN_SECRET is too short: it needs 32 characters or more.",
                "TARN_WITHOUT         | posts,tasks   | TARN_WITHOUT: The service tasks cannot be left out: only posts,"
                        + " calculator, worker and lake can, identity, tasks and gateway are always needed.",
                "TARN_WITHOUT         | lakes         | TARN_WITHOUT: There is no service lakes to leave out: only posts,"
                        + " calculator, worker and lake can, identity, tasks and gateway are always needed.",
                "TARN_TRUSTED_PROXIES | 10.0.0.0/99   | TARN_TRUSTED_PROXIES has an entry that is not an address or a"
                        + " block such as 10.0.0.0/8: 10.0.0.0/99",
                "TARN_TRUSTED_PROXIES | 10.0.0.1,nginx | TARN_TRUSTED_PROXIES has an entry that is not an address or a"
                        + " block such as 10.0.0.0/8: nginx",
                "TARN_ALLOWED_HOSTS   | http://tarn   | TARN_ALLOWED_HOSTS has an entry that is not a host name,"
                        + " without scheme and port: http://tarn",
                "TARN_ALLOWED_HOSTS   | tarn, tarn:80 | TARN_ALLOWED_HOSTS has an entry that is not a host name,"
                        + " without scheme and port: tarn:80",
                "TARN_HSTS_SUBDOMAINS | yes           | TARN_HSTS_SUBDOMAINS is neither true nor false: yes",
                "TARN_REQUEST_TIMEOUT | 1m            | TARN_REQUEST_TIMEOUT is not a whole number above 0: 1m",
                "TARN_WEB_DIR         | /dev/null/web | TARN_WEB_DIR is not a folder: /dev/null/web",
                "TARN_ROUTE_TASKS     | tasks:8080    | TARN_ROUTE_TASKS is not an address like http://host:port: tasks:8080",
                "TARN_ROUTE_TASKS     | http://a,b:1  | TARN_ROUTE_TASKS is not an address like http://host:port: b:1",
                "TARN_REDIS_URL       | http://a:b@c  | TARN_REDIS_URL is not an address like redis://:password@host:6379.",
                "TARN_DATABASE_URL    | mysql://a/b   | TARN_DATABASE_URL is not an address like postgresql://user:password@host:5432/name",
            })
    void saysInOneLineWhatIsNotUnderstood(String name, String value, String line) {
        assertThatThrownBy(() -> read(List.of(), name, value))
                .isInstanceOfSatisfying(
                        CannotStart.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(1))
                .hasMessage(line);
    }

    @Test
    void understandsWhatTheServicesDo() {
        Settings settings = read(
                List.of(),
                "TARN_TRUSTED_PROXIES",
                "10.0.0.0/8, ::1,192.0.2.1,",
                "TARN_ALLOWED_HOSTS",
                "tarn.example.org, tarn_web, [fd00::1], 10.0.0.1",
                "TARN_HSTS_SUBDOMAINS",
                "true",
                "TARN_WEB_DIR",
                home.toString(),
                "TARN_ROUTE_TASKS",
                "http://127.0.0.1:8081, http://127.0.0.1:8082");

        assertThat(settings.variables()).containsKeys("TARN_TRUSTED_PROXIES", "TARN_ALLOWED_HOSTS", "TARN_ROUTE_TASKS");
    }

    @ParameterizedTest
    @CsvSource({
        "--foo, Unknown option: --foo. See ./tarn up --help",
        "--port, --port needs a number. See ./tarn up --help",
        "--replicas=2, --replicas is for services that run apart: add --split. See ./tarn up --help",
        "--replicas=9, --replicas needs a number from 1 to 4: 9. See ./tarn up --help"
    })
    void aWrongOptionIsAWrongUse(String option, String line) {
        assertThatThrownBy(() -> read(List.of(option)))
                .isInstanceOfSatisfying(
                        CannotStart.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .hasMessage(line);
    }

    @Test
    void withoutAnyHomeFolderItSaysHowToNameOne() {
        assertThatThrownBy(() -> Settings.read(List.of(), Map.of())).hasMessageContaining("TARN_HOME");
    }

    private Settings read(List<String> arguments, String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("TARN_HOME", home.toString(), "PATH", "/bin"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Settings.read(arguments, environment);
    }
}
