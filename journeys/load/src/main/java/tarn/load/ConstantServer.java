package tarn.load;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Answers every request with the same few bytes: the machine's limit for HTTP in this stack.
final class ConstantServer {

    private ConstantServer() {}

    /// One in a process of its own, as Tarn is.
    record Apart(Process process, URI address) implements AutoCloseable {

        @Override
        public void close() {
            process.destroy();
        }
    }

    static Apart apart() throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConstantServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String port = process.inputReader(StandardCharsets.US_ASCII).readLine();
        if (port == null) {
            throw new IOException("The constant server did not start");
        }
        return new Apart(process, URI.create("http://127.0.0.1:" + port));
    }

    /// Prints its port, then serves until whoever started it has ended.
    public static void main(String[] arguments) throws IOException {
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
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
