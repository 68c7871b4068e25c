package dev.socketlab.syscall;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.Statx;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.policy.AddressUse;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Descriptors;
import dev.socketlab.session.Linger;
import dev.socketlab.session.OpenFileDescription;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Addresses and connections: bind(2), listen(2), accept(2), connect(2), and the names of ends. */
final class ConnectionCalls {
    private final Kernel kernel;
    private final Descriptors descriptors;
    private final Blocking blocking;
    private final Addressing addressing;

    ConnectionCalls(
            Kernel kernel, Descriptors descriptors, Blocking blocking, Addressing addressing) {
        this.kernel = kernel;
        this.addressing = addressing;
        this.descriptors = descriptors;
        this.blocking = blocking;
    }

    Result bind(LeasedCall on, Call.Bind call) {
        synchronized (on.lease().addressLock()) {
            return Result.of(
                    addressing.use(
                            on.session(),
                            on.lease(),
                            AddressUse.BIND,
                            call.addr(),
                            addr -> kernel.bind(on.lease().kernelFd(), addr.bytes())));
        }
    }

    /** Listening on a socket that is not bound binds it to every address: that is judged too. */
    Result listen(LeasedCall on, Call.Listen call) {
        synchronized (on.lease().addressLock()) {
            OutBuffer local = OutBuffer.forAddress();
            if (kernel.getsockname(on.lease().kernelFd(), local) instanceof Success) {
                SocketAddress address = local.address();
                if (address != null) {
                    on.session().network().egress().judge(AddressUse.IMPLICIT_BIND, address);
                }
            }
            SyscallResult result = kernel.listen(on.lease().kernelFd(), call.backlog());
            if (result instanceof Success) {
                if (on.lease().description().listens(call.backlog())) {
                    on.lease().description().peerWait().wakeAll();
                }
                on.lease()
                        .description()
                        .host()
                        .requests()
                        .reclaim(Statx.inode(kernel, on.lease().kernelFd()));
            }
            return Result.of(result);
        }
    }

    /**
     * The implicit bind of a connect is to the address of the route to the peer, so the judgement
     * on the peer covers it. A blocking connect goes on when it is called again, as in the kernel;
     * so that is how its outcome is had.
     */
    Result connect(LeasedCall on, Call.Connect call) {
        int family = call.addr().family();
        boolean unix = family == AddressFamily.AF_UNIX || family == AddressFamily.AF_UNSPEC;
        if (unix && on.lease().kind(kernel).isUnix()) {
            return connectUnix(on, call);
        }
        Connecting connecting = new Connecting(kernel, addressing, on, call.addr());
        return on.lease().isBlocking()
                ? blocking.run(on, connecting)
                : Result.of(connecting.connect());
    }

    private Result connectUnix(LeasedCall on, Call.Connect call) {
        UnixConnecting connecting = new UnixConnecting(kernel, addressing, on, call.addr());
        if (on.lease().kind(kernel).type() == SocketType.SOCK_DGRAM) {
            return connecting.disconnecting();
        }
        return on.lease().isBlocking() && call.addr() instanceof SocketAddress.Unix listener
                ? blocking.run(on, new RoomWaiting(kernel, on, listener, connecting))
                : Result.of(connecting.connect());
    }

    /**
     * Shutting a connection attempt down dissolves it, and with it the address it was bound to; a
     * listener listens no more.
     */
    Result shutdown(LeasedCall on, Call.Shutdown call) {
        synchronized (on.lease().addressLock()) {
            descriptors.closing().abandonRequests(on.lease().kernelFd(), on.lease().description());
            SyscallResult result = kernel.shutdown(on.lease().kernelFd(), call.how());
            if (result instanceof Success) {
                on.lease().description().attempts().shutDown();
                if (on.lease().kind(kernel).isUnix()) {
                    on.session().resources().peers().shutDown(on.lease().description());
                }
            }
            return Result.of(result);
        }
    }

    Result accept(LeasedCall on, Call.Accept call) {
        OptionalInt number = on.session().resources().fds().reserve(0);
        if (number.isEmpty()) {
            return new Result.Failure(Errno.EMFILE);
        }
        boolean waits = on.lease().isBlocking();
        Accepting accepting = new Accepting(on, call, number.getAsInt(), waits);
        try {
            return waits
                    ? blocking.run(on, accepting)
                    : accepting.attempt(0).orElseGet(() -> new Result.Failure(Errno.EAGAIN));
        } finally {
            if (!accepting.installed) {
                on.session().resources().fds().unreserve(number.getAsInt());
            }
        }
    }

    Result getsockname(Descriptor.Lease lease) {
        OutBuffer addr = OutBuffer.forAddress();
        return name(lease, kernel.getsockname(lease.kernelFd(), addr), addr);
    }

    Result getpeername(Descriptor.Lease lease) {
        OutBuffer addr = OutBuffer.forAddress();
        return name(lease, kernel.getpeername(lease.kernelFd(), addr), addr);
    }

    private Result name(Descriptor.Lease lease, SyscallResult result, OutBuffer addr) {
        return switch (result) {
            case Success _ -> new Result.Name(addressing.named(lease, addr.address()));
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }

    private final class Accepting implements Operation {
        private final LeasedCall on;
        private final Call.Accept call;
        private final int number;
        private final boolean waits;
        private boolean installed;

        Accepting(LeasedCall on, Call.Accept call, int number, boolean waits) {
            this.on = on;
            this.call = call;
            this.number = number;
            this.waits = waits;
        }

        /** A connection from a peer that the policy refuses is reset, and the next one taken. */
        @Override
        public Optional<Result> attempt(int events) {
            while (true) {
                if (on.isCallerGone()) {
                    return Optional.of(new Result.Failure(Errno.EINTR, "the caller has gone"));
                }
                OutBuffer addr = OutBuffer.forAddress();
                descriptors.openFiles().take();
                SyscallResult result = acceptOrGiveBack(addr);
                if (result instanceof Failure(Errno errno)) {
                    return errno.equals(Errno.EAGAIN)
                            ? ended()
                            : Optional.of(new Result.Failure(errno));
                }
                on.lease().description().peerWait().wakeFirst();
                int kernelFd = Math.toIntExact(result.orThrow("accept4"));
                SocketAddress peer = addr.address();
                if (isRefused(peer)) {
                    descriptors.closing().reset(kernelFd);
                } else {
                    return Optional.of(install(kernelFd, peer));
                }
            }
        }

        /**
         * A wait for a connection to a UNIX listener ends when receiving is shut down, where a call
         * that does not wait says EAGAIN: unix_accept of net/unix/af_unix.c.
         */
        private Optional<Result> ended() {
            return waits && on.lease().kind(kernel).isUnix() && on.lease().isReceivingOver(kernel)
                    ? Optional.of(new Result.Failure(Errno.EINVAL))
                    : Optional.empty();
        }

        private SyscallResult acceptOrGiveBack(OutBuffer addr) {
            boolean made = false;
            try {
                int flags = call.flags() | SocketFlag.SOCK_NONBLOCK | SocketFlag.SOCK_CLOEXEC;
                SyscallResult result =
                        descriptors
                                .openFiles()
                                .checked(kernel.accept4(on.lease().kernelFd(), addr, flags));
                made = result instanceof Success;
                return result;
            } finally {
                if (!made) {
                    descriptors.openFiles().giveBack();
                }
            }
        }

        private boolean isRefused(@Nullable SocketAddress peer) {
            if (peer == null) {
                return false;
            }
            try {
                on.session().network().egress().judge(AddressUse.ACCEPT, peer);
                return false;
            } catch (PolicyException _) {
                return true;
            }
        }

        private Result install(int kernelFd, @Nullable SocketAddress peer) {
            OpenFileDescription description =
                    new OpenFileDescription(
                            on.lease().description().host(),
                            (call.flags() & SocketFlag.SOCK_NONBLOCK) != 0);
            description.negativeTimeouts().inherit(on.lease().description().negativeTimeouts());
            on.lease()
                    .description()
                    .lingerAside()
                    .filter(Linger::waits)
                    .ifPresent(linger -> Linger.set(kernel, kernelFd, linger));
            boolean closeOnExec = (call.flags() & SocketFlag.SOCK_CLOEXEC) != 0;
            descriptors.open(on.session(), number, kernelFd, description, closeOnExec);
            installed = true;
            return new Result.NewDescriptor(number, peer, true);
        }

        @Override
        public int interest() {
            return EpollEvent.EPOLLIN;
        }

        @Override
        public Limit limit() {
            return new Limit.Option(SolSocket.SO_RCVTIMEO, Errno.EAGAIN);
        }
    }
}
