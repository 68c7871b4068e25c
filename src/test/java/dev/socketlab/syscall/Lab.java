package dev.socketlab.syscall;

import dev.socketlab.Await;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.network.MachineHost;
import dev.socketlab.network.MachineNetwork;
import dev.socketlab.place.DirectoryThreads;
import dev.socketlab.policy.EgressPolicy;
import dev.socketlab.policy.OptionPolicy;
import dev.socketlab.policy.OwnPorts;
import dev.socketlab.policy.SocketPolicy;
import dev.socketlab.readiness.ReadinessLoop;
import dev.socketlab.session.CallObserver;
import dev.socketlab.session.Caller;
import dev.socketlab.session.OpenFiles;
import dev.socketlab.session.Session;
import dev.socketlab.session.SessionRegistry;
import dev.socketlab.session.SessionSettings;
import dev.socketlab.session.SocketDirectories;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One session with all that its calls need, and calls in short. */
public final class Lab implements AutoCloseable {
    static final SessionSettings SETTINGS =
            new SessionSettings(
                    Duration.ofMinutes(30),
                    Duration.ofHours(8),
                    1000,
                    256,
                    64,
                    12000,
                    0,
                    64,
                    16,
                    1 << 20,
                    2,
                    4);

    final Kernel kernel;
    final ReadinessLoop loop;
    final OpenFiles openFiles;
    final Calls calls;
    public final SessionRegistry registry;
    public final Session session;
    final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final SockDiag sockDiag;
    private final MachineHost machine;
    private final EgressPolicy egress;
    private final DirectoryThreads directoryThreads;
    private final SocketDirectories directories;

    public Lab(Kernel kernel, SessionSettings settings, String... allow) {
        this(kernel, settings, CallObserver.NONE, allow);
    }

    Lab(Kernel kernel, SessionSettings settings, CallObserver observer, String... allow) {
        this.kernel = kernel;
        this.loop = new ReadinessLoop(kernel);
        this.sockDiag = new SockDiag(kernel);
        this.machine = new MachineHost(kernel, sockDiag);
        this.openFiles = new OpenFiles(500);
        this.egress = new EgressPolicy(List.of(allow), new OwnPorts());
        this.calls = new Calls(kernel, loop, openFiles, observer, settings);
        this.directoryThreads = new DirectoryThreads(kernel, loop);
        this.directories =
                new SocketDirectories(
                        kernel,
                        directoryThreads,
                        Path.of(System.getProperty("java.io.tmpdir")),
                        settings.maxFiles());
        this.registry = new SessionRegistry(settings, openFiles, directories);
        this.session = session(null);
    }

    /** Another session on the machine's network. */
    Session session(String name) {
        return registry.create(
                name,
                0,
                () ->
                        new MachineNetwork(
                                machine,
                                egress,
                                new OptionPolicy(false),
                                new SocketPolicy(false, List.of()),
                                null));
    }

    public static Lab real() {
        return new Lab(new LinuxKernel(), SETTINGS);
    }

    public Result make(Call call) {
        return make(call, Duration.ofSeconds(20));
    }

    public Result make(Call call, Duration patience) {
        return calls.make(session, call, new Caller(patience, Caller.Presence.ALWAYS));
    }

    public Future<Result> start(Call call) {
        return background.submit(() -> make(call, Duration.ofMinutes(1)));
    }

    /** Waits until so many calls wait: an event that has none of its own to wait for. */
    public void awaitWaiting(int count) {
        Await.until(() -> loop.waiting() == count);
    }

    /**
     * Starts a call that waits.
     *
     * @param waits how many calls wait then
     */
    Future<Result> startWaiting(Call call, int waits) {
        Future<Result> waiting = start(call);
        awaitWaiting(waits);
        return waiting;
    }

    /** A UNIX socket. */
    int unixSocket(int type) {
        return fd(make(new Call.Socket(AddressFamily.AF_UNIX, type, 0)));
    }

    /** A pair of UNIX sockets. */
    Result.NewPair unixPair(int type) {
        return (Result.NewPair) make(new Call.Socketpair(AddressFamily.AF_UNIX, type, 0));
    }

    /** What a call answers that the kernel refuses. */
    static Result failure(String errno) {
        return new Result.Failure(new Errno(Errno.all().get(errno)));
    }

    public int socket() {
        return fd(make(new Call.Socket(AddressFamily.AF_INET, SocketType.SOCK_STREAM, 0)));
    }

    public static int fd(Result result) {
        return ((Result.NewDescriptor) result).fd();
    }

    SocketAddress name(int fd) {
        return ((Result.Name) make(new Call.Getsockname(fd))).addr();
    }

    public int listener() {
        int fd = socket();
        make(new Call.Bind(fd, loopback(0)));
        make(new Call.Listen(fd, 128));
        return fd;
    }

    /** Two connected sockets: the one that connected and the one that was accepted. */
    record Pair(int client, int server) {}

    Pair pair() {
        int listener = listener();
        int client = socket();
        make(new Call.Connect(client, name(listener)));
        int server = fd(make(new Call.Accept(listener, 0)));
        make(new Call.Close(listener));
        return new Pair(client, server);
    }

    void set(int fd, int optname, OptionValue value) {
        make(new Call.Setsockopt(fd, SocketLevel.SOL_SOCKET, optname, value));
    }

    static SocketAddress loopback(int port) {
        return new SocketAddress.Inet(0x7f000001, port);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Result result) {
        return new String(((Result.Received) result).bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        registry.close();
        background.close();
        directories.close();
        directoryThreads.close();
        calls.close();
        loop.close();
        machine.close();
        sockDiag.close();
    }
}
