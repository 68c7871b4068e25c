package dev.socketlab.session;

import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.readiness.ReadinessLoop;
import java.util.Optional;

/**
 * Makes the calls of sessions on the kernel. The kernel's answer is the answer, except where the
 * session stands for the process: which descriptors there are (EBADF, EMFILE), and blocking. An fd
 * is looked up before policy is asked, so EBADF comes first, as in the kernel.
 *
 * <p>Meant for virtual threads: a call that waits parks its thread.
 */
public final class Calls implements AutoCloseable {
    private final ReadinessLoop loop;
    private final CallObserver observer;
    private final Blocking blocking;
    private final DescriptorCalls descriptorCalls;
    private final Connections connections;
    private final Transfers transfers;
    private final OptionCalls options;
    private final NameCalls names;

    public Calls(
            Kernel kernel,
            ReadinessLoop loop,
            OpenFiles openFiles,
            CallObserver observer,
            SessionSettings settings) {
        this.loop = loop;
        this.observer = observer;
        this.blocking = new Blocking(kernel, observer, settings.maxServiceWaits());
        Descriptors descriptors = new Descriptors(kernel, loop, openFiles);
        this.descriptorCalls = new DescriptorCalls(kernel, descriptors, blocking);
        this.connections = new Connections(kernel, descriptors, blocking);
        this.transfers = new Transfers(kernel, blocking, settings.maxLen());
        this.options = new OptionCalls(kernel);
        this.names = new NameCalls(blocking, settings.lookupThreads(), settings.lookupQueue());
    }

    /**
     * Makes a call.
     *
     * @throws NotFoundException when the session has ended, or has no such getaddrinfo list
     * @throws dev.socketlab.network.PolicyException when policy refuses it
     * @throws LimitException when a limit is reached
     */
    public Result make(Session session, Call call, Caller caller) {
        long begin = System.nanoTime();
        try {
            Result result = within(session, call, caller);
            observer.ended(call, result, System.nanoTime() - begin);
            return result;
        } catch (RuntimeException e) {
            observer.refused(call, e);
            throw e;
        }
    }

    private Result within(Session session, Call call, Caller caller) {
        session.beginCall();
        try {
            return execute(session, call, caller);
        } finally {
            session.endCall();
        }
    }

    /** How many calls wait now. */
    public int waiting() {
        return blocking.waiting();
    }

    /**
     * Ends every wait for an fd with EINTR, and those that would still begin; a wait for a look-up
     * ends with its session.
     */
    public void interruptAll(String because) {
        loop.interruptAll(because);
    }

    /** Lets calls wait again. */
    public void resume() {
        loop.resume();
    }

    @Override
    public void close() {
        names.close();
    }

    private Result execute(Session session, Call call, Caller caller) {
        return switch (call) {
            case Call.Socket socket -> descriptorCalls.socket(session, socket);
            case Call.Close close -> descriptorCalls.close(session, close, caller);
            case Call.Fcntl fcntl ->
                    with(session, fcntl.fd(), fd -> descriptorCalls.fcntl(session, fd, fcntl));
            case Call.Bind bind ->
                    with(session, bind.sockfd(), fd -> connections.bind(session, fd, bind));
            case Call.Listen listen ->
                    with(session, listen.sockfd(), fd -> connections.listen(session, fd, listen));
            case Call.Accept accept ->
                    with(
                            session,
                            accept.sockfd(),
                            fd -> connections.accept(session, fd, accept, caller));
            case Call.Connect connect ->
                    with(
                            session,
                            connect.sockfd(),
                            fd -> connections.connect(session, fd, connect, caller));
            case Call.Getsockname name -> with(session, name.sockfd(), connections::getsockname);
            case Call.Getpeername name -> with(session, name.sockfd(), connections::getpeername);
            case Call.Shutdown shutdown ->
                    with(session, shutdown.sockfd(), fd -> connections.shutdown(fd, shutdown));
            case Call.Send send ->
                    with(session, send.sockfd(), fd -> transfers.send(session, fd, send, caller));
            case Call.Recv recv ->
                    with(session, recv.sockfd(), fd -> transfers.recv(session, fd, recv, caller));
            case Call.Write write ->
                    with(session, write.fd(), fd -> transfers.write(session, fd, write, caller));
            case Call.Read read ->
                    with(session, read.fd(), fd -> transfers.read(session, fd, read, caller));
            case Call.Getsockopt get ->
                    with(session, get.sockfd(), fd -> options.get(session, fd, get));
            case Call.Setsockopt set ->
                    with(session, set.sockfd(), fd -> options.set(session, fd, set));
            case Call.Getaddrinfo getaddrinfo -> names.getaddrinfo(session, getaddrinfo, caller);
            case Call.Freeaddrinfo free -> names.freeaddrinfo(session, free);
            case Call.Getnameinfo getnameinfo -> names.getnameinfo(session, getnameinfo, caller);
        };
    }

    /** A call on an open descriptor. */
    private interface OnDescriptor {
        Result call(Descriptor.Lease lease);
    }

    private static Result with(Session session, int fd, OnDescriptor call) {
        Optional<Descriptor.Lease> lease = session.fds().get(fd).flatMap(Descriptor::lease);
        if (lease.isEmpty()) {
            return new Result.Failure(Errno.EBADF);
        }
        try (Descriptor.Lease held = lease.get()) {
            return call.call(held);
        }
    }

    /** The answer of a call that returns a number and nothing else. */
    static Result returned(SyscallResult result) {
        return switch (result) {
            case Success(long value) -> new Result.Returned((int) value);
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }
}
