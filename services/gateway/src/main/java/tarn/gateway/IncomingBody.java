package tarn.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.upload.UploadedFile;

/// Receives one body, in memory or in a file, and refuses it when it is too long, too slow (30 s,
/// or less than 32 KiB/s for one over 64 KiB) or malformed; confined to one event loop.
final class IncomingBody {

    /// Bytes of a body kept in memory.
    static final int MAX_IN_MEMORY = 64 * 1024;

    /// How slowly a body may arrive, in ticks.
    ///
    /// @param tickMillis one second, except in tests
    /// @param maxSmall ticks for a body in memory
    /// @param grace ticks before a larger body must keep its pace, and over which the pace is
    /// measured
    /// @param max ticks for any body
    /// @param minBytes that a larger body must bring per tick
    record Pace(int tickMillis, int maxSmall, int grace, int max, int minBytes) {

        /// 30 s for a small body; after 10 s 32 KiB/s for a larger one; 15 minutes for any.
        static final Pace USUAL = new Pace(1_000, 30, 10, 15 * 60, 32 * 1024);
    }

    private final GatewayExchange exchange;
    private final BodyMemory memory;
    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int limit;
    private final boolean large;
    private final Pace pace;
    private final long[] received;

    private Buffer buffer = Buffer.buffer();
    private @Nullable AsyncFile file;
    private boolean opening;
    private int writing;
    private boolean ended;
    private boolean over;
    private int held;
    private long length;
    private int ticks;
    private long timer = -1;

    /// @param limit in bytes
    /// @param declared `Content-Length` in bytes; -1 when absent
    IncomingBody(GatewayExchange exchange, BodyMemory memory, Pace pace, int limit, long declared) {
        this.exchange = exchange;
        this.memory = memory;
        this.pace = pace;
        this.received = new long[pace.grace];
        this.vertx = exchange.context().vertx();
        this.request = exchange.request();
        this.limit = limit;
        this.large = declared > MAX_IN_MEMORY;
    }

    void read() {
        exchange.atEnd(this::close);
        request.pause();
        request.handler(this::receive).exceptionHandler(_ -> close()).endHandler(_ -> {
            ended = true;
            finish();
        });
        BodyFault.listen(request, () -> exchange.attempt(this::refuseFraming));
        if (over) {
            return;
        }
        if (large) {
            openFile();
        } else {
            request.resume();
        }
        if (!ended) {
            timer = vertx.setPeriodic(pace.tickMillis, _ -> exchange.attempt(this::tick));
        }
    }

    private void receive(Buffer chunk) {
        if (over) {
            return;
        }
        length += chunk.length();
        if (length > limit) {
            close();
            BodyLimit.refuse(exchange);
        } else if (file != null) {
            write(file, chunk);
        } else {
            buffer.appendBuffer(chunk);
            if (!opening && (length > MAX_IN_MEMORY || !memory.tryTake(chunk.length()))) {
                openFile();
            } else if (!opening) {
                held += chunk.length();
            }
        }
    }

    private void refuseFraming() {
        if (!over && !ended) {
            close();
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            exchange.refuse(new Refusal.Malformed("malformed", "The chunks of the body are not well-formed."));
            request.connection().close();
        }
    }

    private void openFile() {
        opening = true;
        request.pause();
        Path path;
        try {
            path = Files.createTempFile("tarn-body-", "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        vertx.fileSystem().open(path.toString(), new OpenOptions()).onComplete(opened -> {
            deleteName(path);
            exchange.attempt(() -> opened(opened.result(), opened.cause()));
        });
    }

    /// The file lives on without a name until closed, so that nothing is left behind.
    private static void deleteName(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void opened(@Nullable AsyncFile opened, @Nullable Throwable failure) {
        opening = false;
        if (opened == null) {
            close();
            throw new IllegalStateException("A body could not be kept in a file", failure);
        }
        if (over) {
            opened.close();
            return;
        }
        file = opened;
        write(opened, buffer);
        buffer = Buffer.buffer();
        releaseMemory();
        if (ended) {
            finish();
        } else {
            request.resume();
        }
    }

    private void write(AsyncFile to, Buffer chunk) {
        if (chunk.length() == 0) {
            return;
        }
        writing++;
        to.write(chunk).onComplete(written -> {
            writing--;
            if (written.failed()) {
                exchange.attempt(() -> fail(new Refusal.Unavailable("There is not enough memory for this body now.")));
            } else if (ended) {
                finish();
            }
        });
        if (to.writeQueueFull()) {
            request.pause();
            to.drainHandler(_ -> request.resume());
        }
    }

    /// Refuses the body when it arrives too slowly.
    private void tick() {
        if (over || ended) {
            vertx.cancelTimer(timer);
            return;
        }
        ticks++;
        long before = received[ticks % pace.grace];
        received[ticks % pace.grace] = length;
        boolean larger = large || length > MAX_IN_MEMORY;
        boolean slow = larger
                ? (ticks > pace.grace && length - before < (long) pace.minBytes * pace.grace) || ticks > pace.max
                : ticks >= pace.maxSmall;
        if (slow) {
            close();
            exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            exchange.refuse(408, "request-timeout", "The body came too slowly.");
            request.connection().close();
        }
    }

    /// Passes the body on once all of it is received and written.
    private void finish() {
        if (over || opening || writing > 0) {
            return;
        }
        vertx.cancelTimer(timer);
        AsyncFile whole = file;
        if (whole == null) {
            pass(buffer);
            return;
        }
        exchange.attempt(() -> {
            if (limit == BodyLimit.IMPORT) {
                exchange.body(whole, length);
                exchange.context().put(UploadedFile.KEY, new UploadedFile(whole, length));
                exchange.next();
            } else {
                load(whole);
            }
        });
    }

    /// Reads the file into memory once there is room.
    private void load(AsyncFile whole) {
        memory.take(
                (int) length,
                taken -> exchange.attempt(() -> {
                    if (over) {
                        memory.release(taken ? (int) length : 0);
                    } else if (!taken) {
                        throw new Refusal.Unavailable("Too many large requests are waiting. Try again later.");
                    } else {
                        held += (int) length;
                        whole.read(Buffer.buffer((int) length), 0, 0, (int) length)
                                .onSuccess(this::pass)
                                .onFailure(_ -> fail(new Refusal.Unavailable("This body cannot be read now.")));
                    }
                }));
    }

    private void pass(Buffer body) {
        if (!over) {
            exchange.body(body);
            ((RoutingContextInternal) exchange.context()).setBody(body);
            exchange.next();
        }
    }

    private void fail(Refusal refusal) {
        if (!over) {
            close();
            exchange.refuse(refusal);
        }
    }

    private void close() {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        releaseMemory();
        buffer = Buffer.buffer();
        if (file != null) {
            file.close();
        }
    }

    private void releaseMemory() {
        memory.release(held);
        held = 0;
    }
}
