package tarn.gateway;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A body that fails when it turns out to be longer than it may be.
final class CappedStream implements ReadStream<Buffer> {

    private final ReadStream<Buffer> body;
    private long left;
    private @Nullable Handler<Throwable> failed;

    /// @param limit in bytes
    CappedStream(ReadStream<Buffer> body, long limit) {
        this.body = body;
        this.left = limit;
    }

    boolean exceeded() {
        return left < 0;
    }

    @Override
    public CappedStream handler(@Nullable Handler<Buffer> handler) {
        body.handler(handler == null ? null : buffer -> count(buffer, handler));
        return this;
    }

    private void count(Buffer buffer, Handler<Buffer> handler) {
        if (exceeded()) {
            return;
        }
        left -= buffer.length();
        if (!exceeded()) {
            handler.handle(buffer);
        } else if (failed != null) {
            failed.handle(new IOException("The body is too long"));
        }
    }

    @Override
    public CappedStream exceptionHandler(@Nullable Handler<Throwable> handler) {
        failed = handler;
        body.exceptionHandler(handler);
        return this;
    }

    @Override
    public CappedStream endHandler(@Nullable Handler<Void> handler) {
        body.endHandler(handler);
        return this;
    }

    @Override
    public CappedStream pause() {
        body.pause();
        return this;
    }

    @Override
    public CappedStream resume() {
        body.resume();
        return this;
    }

    @Override
    public CappedStream fetch(long amount) {
        body.fetch(amount);
        return this;
    }
}
