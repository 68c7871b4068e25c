package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.readiness.ReadinessLoop;
import dev.socketlab.session.CallObserver;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Descriptors;
import dev.socketlab.session.Invocation;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.OpenFiles;
import dev.socketlab.session.Session;
import dev.socketlab.session.SessionSettings;
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
    private final ConnectionCalls connections;
    private final TransferCalls transfers;
    private final MessageCalls messages;
    private final PollCalls pollCalls;
    private final EpollCalls epollCalls;
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
        this.blocking = new Blocking(kernel, loop, observer, settings.maxServiceWaits());
        Descriptors descriptors = new Descriptors(kernel, loop, openFiles);
        Addressing addressing = new Addressing(kernel);
        this.descriptorCalls = new DescriptorCalls(kernel, descriptors, blocking);
        this.connections = new ConnectionCalls(kernel, descriptors, blocking, addressing);
        this.transfers = new TransferCalls(kernel, blocking, addressing, settings.maxLen());
        this.messages =
                new MessageCalls(kernel, descriptors, transfers, addressing, settings.maxLen());
        this.pollCalls = new PollCalls(kernel, blocking);
        this.epollCalls = new EpollCalls(kernel, descriptors, blocking);
        this.options = new OptionCalls(kernel);
        this.names = new NameCalls(blocking, settings.lookupThreads(), settings.lookupQueue());
    }

    /**
     * Makes a call.
     *
     * @throws NotFoundException when the session has ended, or has no such getaddrinfo list
     * @throws dev.socketlab.network.NoSuchHostException when its network has no such host
     * @throws dev.socketlab.policy.PolicyException when policy refuses it
     * @throws LimitException when a limit is reached
     */
    public Result make(Session session, Call call, Caller caller) {
        if (call instanceof Call.OnHost on) {
            session.network().requireHost(on.host());
        }
        Invocation invocation =
                new Invocation(session, session.nextCall(), call, caller, System.nanoTime());
        observer.began(invocation);
        Result result;
        try {
            result = within(invocation);
        } catch (RuntimeException | Error e) {
            observer.refused(invocation, e);
            throw e;
        }
        observer.ended(invocation, result, System.nanoTime() - invocation.began());
        return result;
    }

    private Result within(Invocation invocation) {
        Session session = invocation.session();
        session.beginCall();
        try {
            return execute(invocation);
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

    private Result execute(Invocation invocation) {
        Session session = invocation.session();
        return switch (invocation.call()) {
            case Call.Socket socket -> descriptorCalls.socket(session, socket);
            case Call.Socketpair pair -> descriptorCalls.socketpair(session, pair);
            case Call.Close close -> descriptorCalls.close(invocation, close);
            case Call.Dup2 dup2 -> descriptorCalls.dup2(invocation, dup2);
            case Call.Poll poll -> pollCalls.poll(invocation, poll);
            case Call.EpollCreate1 create -> epollCalls.create(session, create);
            case Call.EpollCtl ctl ->
                    with(
                            session,
                            ctl.epfd(),
                            epoll ->
                                    with(
                                            session,
                                            ctl.fd(),
                                            fd -> epollCalls.control(session, epoll, fd, ctl)));
            case Call.EpollWait wait ->
                    with(
                            session,
                            wait.epfd(),
                            fd -> epollCalls.await(new LeasedCall(invocation, fd), wait));
            case Call.Unlink unlink ->
                    Result.of(session.resources().directory().unlink(unlink.pathname()));
            case Call.Getaddrinfo getaddrinfo -> names.getaddrinfo(invocation, getaddrinfo);
            case Call.Freeaddrinfo free -> names.freeaddrinfo(session, free);
            case Call.Getnameinfo getnameinfo -> names.getnameinfo(invocation, getnameinfo);
            case Call.OnDescriptor on ->
                    with(
                            session,
                            on.descriptor(),
                            fd -> execute(new LeasedCall(invocation, fd), on));
        };
    }

    private Result execute(LeasedCall on, Call.OnDescriptor call) {
        return switch (call) {
            case Call.Fcntl fcntl -> descriptorCalls.fcntl(on, fcntl);
            case Call.Ioctl ioctl -> descriptorCalls.ioctl(on.lease(), ioctl);
            case Call.Dup _ -> descriptorCalls.dup(on);
            case Call.Bind bind -> connections.bind(on, bind);
            case Call.Listen listen -> connections.listen(on, listen);
            case Call.Accept accept -> connections.accept(on, accept);
            case Call.Connect connect -> connections.connect(on, connect);
            case Call.Getsockname _ -> connections.getsockname(on.lease());
            case Call.Getpeername _ -> connections.getpeername(on.lease());
            case Call.Shutdown shutdown -> connections.shutdown(on, shutdown);
            case Call.Send send -> transfers.send(on, send);
            case Call.Recv recv -> transfers.recv(on, recv);
            case Call.Write write -> transfers.write(on, write);
            case Call.Read read -> transfers.read(on, read);
            case Call.Sendto sendto -> transfers.sendto(on, sendto);
            case Call.Recvfrom recvfrom -> transfers.recvfrom(on, recvfrom);
            case Call.Sendmsg sendmsg -> messages.sendmsg(on, sendmsg);
            case Call.Recvmsg recvmsg -> messages.recvmsg(on, recvmsg);
            case Call.Getsockopt get -> options.get(on, get);
            case Call.Setsockopt set -> options.set(on, set);
        };
    }

    /** A call on an open descriptor. */
    private interface OnDescriptor {
        Result call(Descriptor.Lease lease);
    }

    private static Result with(Session session, int fd, OnDescriptor call) {
        Optional<Descriptor.Lease> lease = session.resources().fds().lease(fd);
        if (lease.isEmpty()) {
            return new Result.Failure(Errno.EBADF);
        }
        try (Descriptor.Lease held = lease.get()) {
            return call.call(held);
        }
    }
}
