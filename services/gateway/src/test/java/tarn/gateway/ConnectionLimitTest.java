package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.impl.VertxBuilder;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionLimitTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ConnectionLimit limit =
            new ConnectionLimit(4, 2, new TrustedProxies(Optional.of(List.of("192.0.2.1"))));

    private static InetAddress at(String address) {
        return InetAddress.ofLiteral(address);
    }

    @Test
    void oneAddressHasASmallerPart() {
        assertThat(limit.admit(at("203.0.113.1"))).isTrue();
        assertThat(limit.admit(at("203.0.113.1"))).isTrue();
        assertThat(limit.admit(at("203.0.113.1"))).isFalse();
        assertThat(limit.admit(at("203.0.113.2"))).isTrue();

        limit.release(at("203.0.113.1"));

        assertThat(limit.admit(at("203.0.113.1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "192.0.2.1", "::ffff:192.0.2.1"})
    void loopbackAndProxiesCountOnlyInAll(String address) {
        for (int i = 0; i < 4; i++) {
            assertThat(limit.admit(at(address))).isTrue();
        }
        assertThat(limit.admit(at(address))).isFalse();
        assertThat(limit.admit(at("203.0.113.1"))).isFalse();

        limit.release(at(address));

        assertThat(limit.admit(at("203.0.113.1"))).isTrue();
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        assertThat(limit.admit(at("2001:db8::1"))).isTrue();
        assertThat(limit.admit(at("2001:db8::2"))).isTrue();
        assertThat(limit.admit(at("2001:db8::3"))).isFalse();
        assertThat(limit.admit(at("2001:db8:0:1::1"))).isTrue();
    }

    @Test
    void aRefusedConnectionCountsForNothing() {
        for (int i = 0; i < 100; i++) {
            limit.admit(LOOPBACK);
        }
        for (int i = 0; i < 4; i++) {
            limit.release(LOOPBACK);
        }
        assertThat(limit.admit(LOOPBACK)).isTrue();
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndTheOthersGoOn() throws Exception {
        Vertx vertx = new VertxBuilder()
                .serviceProviders(List.of(new ConnectionTransport(() -> limit)))
                .init()
                .vertx();
        try {
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(request -> request.response().end("served"))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            List<Wire> open = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                open.add(new Wire(server.actualPort()));
                assertServes(open.getLast());
            }

            try (Wire beyond = new Wire(server.actualPort())) {
                assertThat(beyond.ends()).isTrue();
            }
            open.forEach(ConnectionLimitTest::assertServes);
            open.removeFirst().close();
            for (boolean admitted = false; !admitted; ) {
                Wire again = new Wire(server.actualPort());
                open.add(again);
                admitted = again.isServed();
            }

            assertServes(open.getLast());
            for (Wire wire : open) {
                wire.close();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static void assertServes(Wire wire) {
        assertThat(wire.isServed()).isTrue();
    }
}
