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
import dev.socketlab.wire.SwitchLoop;
import java.util.List;
import java.util.Optional;

/**
 * Networks of sessions' own: whether this machine, with this process's privileges, can make them,
 * and what makes them. Close it when every such network is closed.
 */
public final class Isolation implements AutoCloseable {
    /** What grants all that is needed. */
    public static final String REMEDY =
            "Start the service with bin/socketlab, which needs no privilege where ordinary users may"
                    + " make user namespaces. In a container: docker run --device /dev/net/tun --cap-add"
                    + " SYS_ADMIN --security-opt systempaths=unconfined --security-opt"
                    + " apparmor=unconfined. Under systemd: ExecStart=…/bin/socketlab with"
                    + " DeviceAllow=/dev/net/tun rw and without RestrictNamespaces= and"
                    + " ProtectKernelTunables=.";

    private static final int LAB_THREADS = 4;

    private final Kernel kernel;
    private final LabThreads threads;
    private final HostKit kit;
    private final SwitchLoop switchLoop;
    private final Optional<String> withoutNamespaces;
    private final Optional<String> withoutInterfaces;

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
    public Optional<String> withoutNamespaces() {
        return withoutNamespaces;
    }

    /** Why hosts cannot have an interface here, and so no wire; empty where they can. */
    public Optional<String> withoutInterfaces() {
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

    private Optional<String> tried(List<HostSpec> hosts) {
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

    private static String reason(SyscallException e) {
        String what =
                switch (e.syscall()) {
                    case "unshare", "setns" -> namespaces(e.errno());
                    case "open " + Tap.CLONE_DEVICE -> device(e.errno());
                    case "TUNSETIFF" ->
                            e.errno().equals(Errno.EPERM)
                                    ? "The process may not make network interfaces: it has not the"
                                            + " capability CAP_NET_ADMIN."
                                    : "The kernel makes no TAP interface from "
                                            + Tap.CLONE_DEVICE
                                            + ".";
                    default ->
                            "A new network namespace cannot be set up"
                                    + (e.syscall().contains("/proc/sys")
                                            ? ": /proc/sys cannot be written."
                                            : ".");
                };
        return what + " (" + e.getMessage() + ")";
    }

    private static String namespaces(Errno errno) {
        if (errno.equals(Errno.EPERM)) {
            return "The process may not make network namespaces: it has not the capability"
                    + " CAP_SYS_ADMIN, or a filter of system calls forbids it.";
        }
        return errno.equals(Errno.ENOSPC)
                ? "The machine has as many network namespaces as it may (sysctl"
                        + " user.max_net_namespaces)."
                : "The kernel makes no network namespaces.";
    }

    private static String device(Errno errno) {
        return errno.equals(Errno.ENOENT)
                ? "There is no "
                        + Tap.CLONE_DEVICE
                        + " (modprobe tun; a container has to be given it)."
                : "The process may not open " + Tap.CLONE_DEVICE + ".";
    }
}
