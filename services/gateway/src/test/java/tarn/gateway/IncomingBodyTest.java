package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.platform.security.Caller;

/// Bodies that come slowly, with a second that takes 20 ms.
final class IncomingBodyTest {

    private static final int TICK = 20;
    private static final Caller CALLER =
            new Caller(new UUID(0, 1), Caller.Kind.SESSION, new UUID(0, 2), Set.of(), false, "", Instant.MAX);

    private final Vertx vertx = Vertx.vertx();
    private final BodyMemory memory = new BodyMemory(vertx);
    private HttpServer server = vertx.createHttpServer();

    @BeforeEach
    void listen() throws Exception {
        serve(new IncomingBody.Pace(TICK, 30, 10, 100, 32 * 1024));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void serve(IncomingBody.Pace pace) throws Exception {
        BodyReader reader = new BodyReader(memory, pace);
        Router router = Router.router(vertx);
        router.route()
                .handler(context -> new GatewayExchange(
                                context,
                                List.of(
                                        exchange -> {
                                            exchange.caller(CALLER);
                                            exchange.next();
                                        },
                                        reader,
                                        exchange -> exchange.response().end("received")))
                        .next());
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private Wire request(String path, long length) throws IOException {
        Wire wire = new Wire(server.actualPort());
        wire.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n");
        return wire;
    }

    private static void assertTooSlow(Wire wire) throws IOException {
        assertThat(wire.rest()).startsWith("HTTP/1.1 408").contains("\"code\":\"request-timeout\"");
    }

    @Test
    void aSmallBodyThatDoesNotEndIsGivenUp() throws IOException {
        try (Wire wire = request("/api/tasks", 1_000)) {
            wire.send("{");

            assertTooSlow(wire);
        }
    }

    @Test
    void aLargerBodyThatStopsIsGivenUpWhateverCameBefore() throws Exception {
        try (Wire wire = request("/api/imports", 2_000_000)) {
            Thread sender = Thread.ofVirtual().start(() -> wasSent(wire, 1_500_000));

            assertTooSlow(wire);
            sender.join();
        }
    }

    @Test
    void aBodyThatTricklesForTooLongIsGivenUp() throws Exception {
        serve(new IncomingBody.Pace(TICK, 30, 10, 25, 1));

        try (Wire wire = request("/api/imports", 20_000_000)) {
            Thread sender = Thread.ofVirtual().start(() -> trickle(wire));
            assertTooSlow(wire);
            sender.join();
        }
    }

    private static void trickle(Wire wire) {
        while (wasSent(wire, 1_000)) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    /// False when the other side has hung up.
    private static boolean wasSent(Wire wire, int length) {
        try {
            wire.send(new byte[length]);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void slowOnesKeepNobodyWaiting() throws Exception {
        serve(IncomingBody.Pace.USUAL);
        Wire[] slow = new Wire[BodyReader.MAX_UPLOADS_OF_USER];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = request(i % 2 == 0 ? "/api/imports" : "/api/tasks", 900_000);
            slow[i].send(new byte[70_000]);
        }

        try (Wire quick = request("/api/tasks", 1_000_000)) {
            quick.send(new byte[1_000_000]);
            assertThat(quick.line()).startsWith("HTTP/1.1 200");
        }
        for (Wire wire : slow) {
            wire.close();
        }
    }
}
