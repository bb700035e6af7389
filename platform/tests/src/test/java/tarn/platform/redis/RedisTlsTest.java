package tarn.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarn.platform.Secret;
import tarn.testing.Eventually;

/// TLS to a Redis of this machine, such as Debian's: the one that tests bring along has none.
final class RedisTlsTest {

    private static final String PASSWORD = "granite-lake-42";
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private int port;
    private @Nullable Process server;

    @BeforeEach
    void startServer() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                isThere("redis-server") && isThere("openssl"),
                "TLS to Redis is not shown: there is no redis-server or no openssl on this machine");
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                file("key.pem"),
                "-out",
                file("cert.pem"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = new ProcessBuilder(
                        "redis-server",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--tls-port",
                        Integer.toString(port),
                        "--tls-cert-file",
                        file("cert.pem"),
                        "--tls-key-file",
                        file("key.pem"),
                        "--tls-ca-cert-file",
                        file("cert.pem"),
                        "--tls-auth-clients",
                        "no",
                        "--requirepass",
                        PASSWORD,
                        "--save",
                        "")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
    }

    @AfterEach
    void stopServer() throws InterruptedException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        if (server != null) {
            server.destroy();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void isSpokenWithPasswordAndTheCertificateThatIsTrusted() {
        SharedRedis redis = redis(Optional.of(file("cert.pem")));

        Eventually.within(SOON, () -> isSet(redis));

        assertThat(Objects.requireNonNull(redis.send(Request.cmd(Command.GET).arg("tarn:test"))
                                .join())
                        .toString())
                .isEqualTo("1");
        redis.close();
    }

    @Test
    void isRefusedWithACertificateThatNobodyVouchesFor() {
        SharedRedis trusting = redis(Optional.of(file("cert.pem")));
        Eventually.within(SOON, () -> isSet(trusting));
        trusting.close();
        SharedRedis redis = redis(Optional.empty());

        assertThatThrownBy(() -> redis.send(Request.cmd(Command.PING)).join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("unable to find valid certification path to requested target");
        redis.close();
    }

    private SharedRedis redis(Optional<String> authority) {
        return new SharedRedis(
                vertx, Optional.of(new Secret("rediss://:" + PASSWORD + "@localhost:" + port)), authority);
    }

    private static boolean isSet(SharedRedis redis) {
        try {
            redis.send(Request.cmd(Command.SET).arg("tarn:test").arg("1")).join();
            return true;
        } catch (CompletionException notYet) {
            return false;
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static boolean isThere(String program) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(List.of(command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }
}
