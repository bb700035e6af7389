package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import tarn.testing.Api;

/// The gateway in front of [EchoingServices], and those themselves.
final class Split {

    /// As it is asked by a client that is not a browser.
    static final Api GATEWAY = Api.here();

    private Split() {}

    static Api withCookie(String secret) {
        return Api.here().cookie("__Host-tarn_session", secret);
    }

    /// What our own pages send with every change.
    static Api ownPage(String secret) {
        return withCookie(secret).header("Origin", "https://tarn.example");
    }

    static Api services() {
        return Api.at(URI.create(ConfigProvider.getConfig().getValue("tarn.route.tasks", String.class)));
    }

    static int exchanges(String secret) {
        return Integer.parseInt(services().get("/test/exchanges?" + secret).body());
    }

    static void tell(String word, Object value) {
        assertThat(services().get("/test/" + word + "?" + value).status()).isEqualTo(200);
    }

    /// What so many requests bring, in order, sent by so many threads.
    static <T> List<T> atOnce(int threads, int requests, IntFunction<T> send) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            return IntStream.range(0, requests)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> send.apply(i), pool))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }
}
