package dev.socketlab.network;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.Tap;
import dev.socketlab.place.LabThreads;
import dev.socketlab.policy.SocketPolicy;
import dev.socketlab.readiness.ReadinessLoop;
import dev.socketlab.refusal.Reason;
import dev.socketlab.wire.SwitchLoop;
import java.util.List;
import java.util.Optional;

/**
 * Networks of sessions' own: whether this machine, with this process's privileges, can make them,
 * and what makes them. Close it when every such network is closed.
 */
public final class Isolation implements AutoCloseable {
    /** What grants all that is needed. */
    public static final Reason REMEDY = Reason.of("machine.remedy");

    private static final int LAB_THREADS = 4;

    private final Kernel kernel;
    private final LabThreads threads;
    private final HostKit kit;
    private final SwitchLoop switchLoop;
    private final Optional<Reason> withoutNamespaces;
    private final Optional<Reason> withoutInterfaces;

    /**
     * Tries what the machine can do, by doing it; so lab threads have also done everything once
     * before anybody else is there.
     *
     * @param sockets which kinds of socket sessions may make on such networks
     */
    public Isolation(Kernel kernel, ReadinessLoop loop, SocketPolicy sockets) {
        this.kernel = kernel;
        this.threads = new LabThreads(kernel, loop, LAB_THREADS, HostSetup::prepare);
        this.kit =
                new HostKit(
                        kernel,
                        threads,
                        new ListeningTotal(),
                        sockets,
                        HostSetup.machinesSysctls());
        this.switchLoop = new SwitchLoop(kernel);
        this.withoutNamespaces = tried(List.of(HostSpec.LOCALHOST));
        this.withoutInterfaces =
                withoutNamespaces.or(() -> tried(HostSpec.wired(List.of("client", "server"))));
    }

    /** Why no session can have a network of its own here; empty where it can. */
    public Optional<Reason> withoutNamespaces() {
        return withoutNamespaces;
    }

    /** Why hosts cannot have an interface here, and so no wire; empty where they can. */
    public Optional<Reason> withoutInterfaces() {
        return withoutInterfaces;
    }

    /**
     * Makes a network; the caller closes it.
     *
     * @throws SyscallException when the kernel refuses something; nothing is left then
     */
    public IsolatedNetwork make(List<HostSpec> hosts) {
        return IsolatedNetwork.make(kit, switchLoop, hosts);
    }

    /** Which kinds of socket sessions may make on such networks. */
    public SocketPolicy sockets() {
        return kit.sockets();
    }

    /** What carries the frames of all sessions. */
    public SwitchLoop switchLoop() {
        return switchLoop;
    }

    /** What the kernel has counted of the listeners of all sessions with networks of their own. */
    public ListeningTotal listening() {
        return kit.listening();
    }

    /** The threads that go into sessions' namespaces. */
    public LabThreads threads() {
        return threads;
    }

    @Override
    public void close() {
        threads.close();
        switchLoop.close();
    }

    private Optional<Reason> tried(List<HostSpec> hosts) {
        try (IsolatedNetwork network = make(hosts)) {
            network.getaddrinfo(null, hosts.getFirst().name(), "80", null);
            SyscallResult made =
                    network.host(null, AddressFamily.AF_INET)
                            .socket(AddressFamily.AF_INET, SocketType.SOCK_STREAM, 0);
            kernel.close(Math.toIntExact(made.orThrow("socket")));
            return Optional.empty();
        } catch (SyscallException e) {
            return Optional.of(reason(e));
        }
    }

    private static Reason reason(SyscallException e) {
        Reason what =
                switch (e.syscall()) {
                    case "unshare", "setns" -> namespaces(e.errno());
                    case "open " + Tap.CLONE_DEVICE -> device(e.errno());
                    case "TUNSETIFF" ->
                            e.errno().equals(Errno.EPERM)
                                    ? Reason.of("machine.no-net-admin")
                                    : Reason.of("machine.no-tap", Tap.CLONE_DEVICE);
                    default ->
                            e.syscall().contains("/proc/sys")
                                    ? Reason.of("machine.no-sysctl")
                                    : Reason.of("machine.no-setup");
                };
        return Reason.of("machine.because", what, String.valueOf(e.getMessage()));
    }

    private static Reason namespaces(Errno errno) {
        if (errno.equals(Errno.EPERM)) {
            return Reason.of("machine.no-sys-admin");
        }
        return errno.equals(Errno.ENOSPC)
                ? Reason.of("machine.max-namespaces")
                : Reason.of("machine.no-namespaces");
    }

    private static Reason device(Errno errno) {
        return errno.equals(Errno.ENOENT)
                ? Reason.of("machine.no-device", Tap.CLONE_DEVICE)
                : Reason.of("machine.closed-device", Tap.CLONE_DEVICE);
    }
}
