package tarn.testing;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/// A TCP proxy on a loopback port in front of one server that injects network faults on demand.
///
/// ```java
/// try (FaultProxy network = FaultProxy.before(tasks.url())) {
///     ServiceClient client = clientOf(network.url());
///     network.set(new FaultProxy.Blackhole());
/// ```
///
/// A behaviour applies to open and new connections once [#set] returns; bytes in transit meanwhile
/// may be treated either way.
public final class FaultProxy implements AutoCloseable {

    /// How the network behaves.
    public sealed interface Behaviour {}

    /// Passes everything on.
    public record Passing() implements Behaviour {}

    /// Delays everything the server sends, including its end, by a fixed time; later data travels
    /// meanwhile, so a long response is not delayed more than a short one.
    public record Latency(Duration delay) implements Behaviour {}

    /// Resets open connections (RST), and new ones as soon as they are accepted, without the server
    /// noticing.
    public record Reset() implements Behaviour {}

    /// The server is down: new connections are refused and open ones end (FIN); the port stays
    /// reserved.
    public record Refuse() implements Behaviour {}

    /// A partition: connections are accepted and stay open, but no data, FIN or RST passes. Held
    /// data is delivered in order on recovery, so the server may get requests of clients that gave
    /// up.
    public record Blackhole() implements Behaviour {}

    /// The server's side of open connections is lost without notice to clients, as when a firewall
    /// drops its state; new connections work.
    public record HalfOpen() implements Behaviour {}

    /// Delivers a response body one byte at a time, so that no read times out but the whole takes
    /// long; without an HTTP header there is no body.
    public record Trickle(Duration pace) implements Behaviour {}

    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int CHUNKS_UNDER_WAY = 64;
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("fault-proxy-", 0).factory();

    private final URI server;
    private final InetSocketAddress address;
    private final int port;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Link> links = new ArrayList<>();
    private final AtomicLong requestBytes = new AtomicLong();
    private Behaviour behaviour = new Passing();
    private Closeable holder;
    private Thread accepting;
    private long accepted;
    private boolean closed;

    private FaultProxy(URI server) throws IOException {
        this.server = server;
        this.address = new InetSocketAddress(server.getHost(), server.getPort());
        ServerSocket listener = bound(0);
        this.port = listener.getLocalPort();
        listen(listener);
    }

    /// A proxy in front of a server, passing everything on.
    ///
    /// @param server of any scheme, with host and port
    public static FaultProxy before(URI server) {
        try {
            return new FaultProxy(server);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The proxy's URL: the server's but for host and port.
    public URI url() {
        return URI.create(server.toString().replace("//" + server.getRawAuthority(), "//127.0.0.1:" + port));
    }

    /// Changes the behaviour.
    public synchronized void set(Behaviour next) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The proxy is closed.");
            }
            behaviour = next;
            switch (next) {
                case Reset _ -> links.forEach(link -> link.end(true));
                case Refuse _ -> links.forEach(link -> link.end(false));
                case HalfOpen _ -> links.forEach(Link::lose);
                case Passing _, Latency _, Blackhole _, Trickle _ -> {}
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        holdPort(!(next instanceof Refuse));
    }

    /// Number of open client connections.
    public int open() {
        lock.lock();
        try {
            return (int) links.stream().filter(link -> !link.over).count();
        } finally {
            lock.unlock();
        }
    }

    /// Number of connections ever accepted, including those reset at once.
    public long accepted() {
        lock.lock();
        try {
            return accepted;
        } finally {
            lock.unlock();
        }
    }

    /// Number of request bytes passed on to the server.
    public long requestBytes() {
        return requestBytes.get();
    }

    /// Closes all connections and stops all threads.
    @Override
    public synchronized void close() {
        List<Link> ended;
        lock.lock();
        try {
            closed = true;
            links.forEach(link -> link.end(false));
            ended = List.copyOf(links);
        } finally {
            lock.unlock();
        }
        releasePort();
        ended.forEach(link -> join(link.asking));
    }

    /// Listens, or only binds the port, so that connections are refused and no other process takes
    /// it.
    private void holdPort(boolean listening) {
        if (listening == holder instanceof ServerSocket) {
            return;
        }
        releasePort();
        try {
            if (listening) {
                listen(bound(port));
            } else {
                Socket keeper = new Socket();
                holder = keeper;
                keeper.setReuseAddress(true);
                keeper.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Closes the listener once no thread waits on it.
    private void releasePort() {
        try {
            holder.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        join(accepting);
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return listener;
    }

    private void listen(ServerSocket listener) {
        holder = listener;
        accepting = THREADS.newThread(() -> accept(listener));
        accepting.start();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                admit(listener.accept());
            } catch (IOException ended) {
                // Either the listener's end, or a client's that has gone already.
            }
        }
    }

    private void admit(Socket client) {
        lock.lock();
        try {
            accepted++;
            if (closed || behaviour instanceof Reset || behaviour instanceof Refuse) {
                close(client, true);
                return;
            }
            links.removeIf(link -> !link.asking.isAlive());
            Link link = new Link(client);
            links.add(link);
            link.asking.start();
        } finally {
            lock.unlock();
        }
    }

    private static void close(Socket socket, boolean abruptly) {
        try (socket) {
            if (abruptly) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }

    /// Bytes the server sent together.
    ///
    /// @param bytes empty at the end
    /// @param sent by [System#nanoTime]
    private record Chunk(ByteArrayInputStream bytes, long sent) {

        private static Chunk now(byte[] bytes) {
            return new Chunk(new ByteArrayInputStream(bytes), System.nanoTime());
        }

        private boolean isEmpty() {
            return bytes.available() == 0;
        }
    }

    /// Work that fails when its connection closes or its thread is interrupted.
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /// A client connection with its connection to the server.
    private final class Link {

        private final Socket client;
        private final Socket server = new Socket();
        private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS_UNDER_WAY);
        private final Thread asking = THREADS.newThread(this::run);
        private final Thread hearing = THREADS.newThread(() -> unlessBroken(this::hear));
        private final Thread answering = THREADS.newThread(() -> unlessBroken(this::answer));
        private volatile boolean over;
        private volatile boolean lost;

        /// How much of the blank line that ends an answer's header has been passed on: all, in its body.
        private volatile int blank;

        private Link(Socket client) {
            this.client = client;
        }

        private void run() {
            unlessBroken(this::ask);
            end(false);
            join(hearing);
            join(answering);
        }

        private void unlessBroken(Work work) {
            try {
                try {
                    work.run();
                } catch (IOException broken) {
                    awaitTurn(FaultProxy::untilHealed);
                    end(true);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        /// Closes both sides.
        private void end(boolean abruptly) {
            lock.lock();
            try {
                if (!over) {
                    over = true;
                    FaultProxy.close(client, abruptly);
                    FaultProxy.close(server, abruptly);
                    hearing.interrupt();
                    answering.interrupt();
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        /// Closes the server's side without telling the client.
        private void lose() {
            lost = true;
            FaultProxy.close(server, true);
        }

        private void unlessLost(Work work) throws IOException, InterruptedException {
            try {
                if (!lost) {
                    work.run();
                }
            } catch (IOException broken) {
                if (!lost) {
                    throw broken;
                }
            }
        }

        /// Passes bytes from the client to the server.
        private void ask() throws IOException, InterruptedException {
            awaitTurn(FaultProxy::untilHealed);
            unlessLost(this::connect);
            hearing.start();
            answering.start();
            byte[] request = next(client);
            while (request.length > 0) {
                byte[] next = request;
                awaitTurn(FaultProxy::untilHealed);
                unlessLost(() -> pass(next));
                request = next(client);
            }
            awaitTurn(FaultProxy::untilHealed);
            unlessLost(server::shutdownOutput);
            answering.join();
        }

        private void connect() throws IOException {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(address);
        }

        private void pass(byte[] request) throws IOException {
            blank = 0;
            requestBytes.addAndGet(request.length);
            server.getOutputStream().write(request);
        }

        /// Passes bytes from the server to the queue of data in transit, which ends when lost.
        private void hear() throws IOException, InterruptedException {
            unlessLost(() -> {
                byte[] heard = next(server);
                while (heard.length > 0) {
                    underWay.put(Chunk.now(heard));
                    heard = next(server);
                }
            });
            underWay.put(Chunk.now(new byte[0]));
        }

        /// Passes data in transit to the client.
        private void answer() throws IOException, InterruptedException {
            Chunk chunk = underWay.take();
            while (!chunk.isEmpty()) {
                answer(chunk);
                chunk = underWay.take();
            }
            awaitTurn(chunk);
            if (!lost) {
                client.shutdownOutput();
            }
        }

        private void answer(Chunk chunk) throws IOException, InterruptedException {
            while (!chunk.isEmpty()) {
                boolean slowly = awaitTurn(chunk) instanceof Trickle;
                byte[] bytes = chunk.bytes().readNBytes(slowly ? 1 : CHUNK_BYTES);
                if (!lost) {
                    lookForBody(bytes);
                    client.getOutputStream().write(bytes);
                }
            }
        }

        private void lookForBody(byte[] bytes) {
            for (int i = 0; i < bytes.length && blank < BLANK_LINE.length; i++) {
                blank = bytes[i] == BLANK_LINE[blank] ? blank + 1 : bytes[i] == '\r' ? 1 : 0;
            }
        }

        private Behaviour awaitTurn(Chunk chunk) throws InterruptedException {
            long before = System.nanoTime();
            return awaitTurn(now -> switch (now) {
                case Latency(Duration delay) -> chunk.sent() + delay.toNanos() - System.nanoTime();
                case Trickle(Duration pace) ->
                    blank == BLANK_LINE.length ? before + pace.toNanos() - System.nanoTime() : 0;
                case Passing _, Reset _, Refuse _, Blackhole _, HalfOpen _ -> untilHealed(now);
            });
        }

        /// Waits for as long as the network, which may change meanwhile, keeps something back.
        ///
        /// @return the behaviour that ended the wait
        private Behaviour awaitTurn(ToLongFunction<Behaviour> nanos) throws InterruptedException {
            lock.lock();
            try {
                long left = nanos.applyAsLong(behaviour);
                while (left > 0 && !lost && !over) {
                    changed.awaitNanos(left);
                    left = nanos.applyAsLong(behaviour);
                }
                return behaviour;
            } finally {
                lock.unlock();
            }
        }
    }

    private static long untilHealed(Behaviour now) {
        return now instanceof Blackhole ? Long.MAX_VALUE : 0;
    }

    /// The next bytes; empty at the end.
    private static byte[] next(Socket from) throws IOException {
        byte[] buffer = new byte[CHUNK_BYTES];
        int length = from.getInputStream().read(buffer);
        return length < 0 ? new byte[0] : Arrays.copyOf(buffer, length);
    }
}
