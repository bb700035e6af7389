package tarn.load;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;

/// Answers every request with the same few bytes: the machine's limit for HTTP in this stack.
final class ConstantServer {

    private ConstantServer() {}

    /// Prints its port, then serves until it is ended.
    public static void main(String[] arguments) {
        Buffer answer = Buffer.buffer("{\"status\":\"constant\"}");
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2))
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(answer))
                .listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println(server.actualPort()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
