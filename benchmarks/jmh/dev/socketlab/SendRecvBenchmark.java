package dev.socketlab;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 64 bytes sent and received again over loopback, by one thread: through the service's own bindings
 * (FFM, on arrays of the heap), and through NIO with direct and with heap buffers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SendRecvBenchmark {
    private static final int SIZE = 64;

    private final Kernel kernel = new LinuxKernel();
    private final byte[] out = new byte[SIZE];
    private final byte[] in = new byte[SIZE];
    private final ByteBuffer directOut = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer directIn = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer heapOut = ByteBuffer.allocate(SIZE);
    private final ByteBuffer heapIn = ByteBuffer.allocate(SIZE);
    private int sender;
    private int receiver;
    private SocketChannel client;
    private SocketChannel server;

    @Setup
    public void connect() throws IOException {
        int listener = (int) kernel.socket(AddressFamily.AF_INET, SocketType.SOCK_STREAM, 0).orThrow("socket");
        kernel.bind(listener, SocketAddress.inet("127.0.0.1", 0).orElseThrow().toBytes()).orThrow("bind");
        kernel.listen(listener, 1).orThrow("listen");
        OutBuffer addr = OutBuffer.forAddress();
        kernel.getsockname(listener, addr).orThrow("getsockname");
        sender = (int) kernel.socket(AddressFamily.AF_INET, SocketType.SOCK_STREAM, 0).orThrow("socket");
        kernel.connect(sender, addr.bytes()).orThrow("connect");
        receiver = (int) kernel.accept4(listener, OutBuffer.forAddress(), 0).orThrow("accept4");
        kernel.close(listener);
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(channel.getLocalAddress());
            server = channel.accept();
        }
    }

    @TearDown
    public void close() throws IOException {
        kernel.close(sender);
        kernel.close(receiver);
        client.close();
        server.close();
    }

    @Benchmark
    public long ffm() {
        kernel.send(sender, out, 0, SIZE, 0);
        return kernel.recv(receiver, in, SIZE, 0).orThrow("recv");
    }

    @Benchmark
    public int nioDirect() throws IOException {
        return exchange(directOut, directIn);
    }

    @Benchmark
    public int nioHeap() throws IOException {
        return exchange(heapOut, heapIn);
    }

    private int exchange(ByteBuffer toSend, ByteBuffer toReceive) throws IOException {
        toSend.clear();
        toReceive.clear();
        client.write(toSend);
        return server.read(toReceive);
    }
}
