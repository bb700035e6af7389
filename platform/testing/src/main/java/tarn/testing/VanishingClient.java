package tarn.testing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A client of a loopback port whose machine can vanish without closing its connections: from then on
/// nothing is acknowledged, and no FIN or RST is sent. Linux only.
///
/// It is a socket of its own because Java's have no filter for what arrives (`SO_ATTACH_FILTER`,
/// socket(7)).
public final class VanishingClient implements AutoCloseable {

    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int LOOPBACK = 0x7f000001;

    /// The instruction "return", and its operand: keep no byte of a packet.
    private static final short BPF_RET = 6;

    private static final int SOCKADDR_BYTES = 16;
    private static final int FILTER_BYTES = 8;
    private static final int PROGRAM_BYTES = 16;
    private static final int READ_BYTES = 16 * 1024;

    private final int socket;

    private VanishingClient(int socket) {
        this.socket = socket;
    }

    public static VanishingClient connect(int port) {
        int socket = (int) call("socket", AF_INET, SOCK_STREAM, 0);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SOCKADDR_BYTES, Integer.BYTES);
            address.set(JAVA_SHORT, 0, (short) AF_INET);
            address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) port);
            address.set(JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), 4, LOOPBACK);
            call("connect", socket, address, SOCKADDR_BYTES);
        }
        return new VanishingClient(socket);
    }

    public void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            call("write", socket, arena.allocateFrom(JAVA_BYTE, bytes), (long) bytes.length);
        }
    }

    /// What has arrived, 16 KiB at most; waits until something has. Empty at the end.
    public String read() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(READ_BYTES);
            long length = call("read", socket, buffer, (long) READ_BYTES);
            return new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        }
    }

    /// From here on its machine is gone.
    public void vanish() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment filter = arena.allocate(FILTER_BYTES, Integer.BYTES);
            filter.set(JAVA_SHORT, 0, BPF_RET);
            MemorySegment program = arena.allocate(PROGRAM_BYTES, Long.BYTES);
            program.set(JAVA_SHORT, 0, (short) 1);
            program.set(ADDRESS, Long.BYTES, filter);
            call("setsockopt", socket, SOL_SOCKET, SO_ATTACH_FILTER, program, PROGRAM_BYTES);
        }
    }

    @Override
    public void close() {
        call("close", socket);
    }

    /// Calls a function of the system that answers a number, less than 0 for a failure.
    // The compiler warns of every call of native code.
    @SuppressWarnings("restricted")
    private static long call(String function, Object... arguments) {
        List<MemoryLayout> layouts = new ArrayList<>();
        for (Object argument : arguments) {
            layouts.add(
                    switch (argument) {
                        case Integer _ -> JAVA_INT;
                        case Long _ -> JAVA_LONG;
                        default -> ADDRESS;
                    });
        }
        boolean isLong = layouts.contains(JAVA_LONG);
        FunctionDescriptor type =
                FunctionDescriptor.of(isLong ? JAVA_LONG : JAVA_INT, layouts.toArray(MemoryLayout[]::new));
        Linker linker = Linker.nativeLinker();
        try {
            Number result =
                    (Number) linker.downcallHandle(linker.defaultLookup().findOrThrow(function), type)
                            .invokeWithArguments(arguments);
            if (result.longValue() < 0) {
                throw new IllegalStateException(function + " failed");
            }
            return result.longValue();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            // What a method handle declares.
            throw new IllegalStateException(impossible);
        }
    }
}
