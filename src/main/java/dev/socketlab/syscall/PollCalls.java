package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Invocation;
import dev.socketlab.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * poll(2): the kernel is asked without waiting, and asked again when one of the fds may be ready.
 * An fd that is not open, or is closed meanwhile, is POLLNVAL.
 */
final class PollCalls {
    /** A short: the others mean something else to epoll. */
    private static final int EVENTS = 0xffff;

    private final Kernel kernel;
    private final Blocking blocking;

    PollCalls(Kernel kernel, Blocking blocking) {
        this.kernel = kernel;
        this.blocking = blocking;
    }

    /** One of the fds; without a lease it is not open, or is to be left out. */
    private record Entry(Call.Pollfd asked, Descriptor.@Nullable Lease lease) {
        /**
         * What the kernel does not know: that it is not open, or that bytes were drained from it.
         */
        short besides(int kernelFd) {
            if (kernelFd < 0) {
                return asked.fd() < 0 ? 0 : (short) PollEvent.POLLNVAL;
            }
            boolean drained = lease != null && lease.description().drained().size() > 0;
            int readable = PollEvent.POLLIN | PollEvent.POLLRDNORM;
            return drained ? (short) (asked.events() & readable) : 0;
        }

        /** -1 where it is not open. */
        int kernelFd() {
            return lease != null && lease.isOpen() ? lease.kernelFd() : -1;
        }
    }

    Result poll(Invocation invocation, Call.Poll call) {
        Session session = invocation.session();
        if (call.fds().size() > session.resources().fds().limit()) {
            return new Result.Failure(Errno.EINVAL);
        }
        List<Entry> entries = new ArrayList<>();
        try {
            for (Call.Pollfd asked : call.fds()) {
                entries.add(
                        new Entry(asked, session.resources().fds().lease(asked.fd()).orElse(null)));
            }
            Polling polling = new Polling(entries, call);
            return call.timeout() == 0
                    ? polling.attempt(0).orElseGet(polling::nothing)
                    : blocking.run(invocation, interests(entries), polling);
        } finally {
            entries.forEach(PollCalls::release);
        }
    }

    private static void release(Entry entry) {
        if (entry.lease() != null) {
            entry.lease().close();
        }
    }

    private static List<Blocking.Interest> interests(List<Entry> entries) {
        List<Blocking.Interest> interests = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.lease() != null) {
                interests.add(
                        new Blocking.Interest(entry.lease(), entry.asked().events() & EVENTS));
            }
        }
        return interests;
    }

    private final class Polling implements Operation {
        private final List<Entry> entries;
        private final Call.Poll call;

        Polling(List<Entry> entries, Call.Poll call) {
            this.entries = entries;
            this.call = call;
        }

        @Override
        public Optional<Result> attempt(int woken) {
            int count = entries.size();
            int[] fds = new int[count];
            short[] events = new short[count];
            short[] revents = new short[count];
            for (int i = 0; i < count; i++) {
                Entry entry = entries.get(i);
                fds[i] = entry.kernelFd();
                events[i] = (short) entry.asked().events();
            }
            SyscallResult result = kernel.poll(fds, events, revents);
            if (result instanceof Failure(Errno errno)) {
                return Optional.of(new Result.Failure(errno));
            }
            for (int i = 0; i < count; i++) {
                revents[i] |= entries.get(i).besides(fds[i]);
            }
            return answer(revents);
        }

        private Optional<Result> answer(short[] revents) {
            List<Result.Revents> list = new ArrayList<>();
            int ready = 0;
            for (int i = 0; i < revents.length; i++) {
                list.add(new Result.Revents(entries.get(i).asked().fd(), revents[i] & 0xffff));
                ready += revents[i] == 0 ? 0 : 1;
            }
            return ready == 0 ? Optional.empty() : Optional.of(new Result.Polled(ready, list));
        }

        /** No event within the time. */
        Result nothing() {
            return new Result.Polled(
                    0,
                    entries.stream()
                            .map(entry -> new Result.Revents(entry.asked().fd(), 0))
                            .toList());
        }

        @Override
        public Result closed() {
            return attempt(0).orElseGet(this::nothing);
        }

        /** Each fd has its own. */
        @Override
        public int interest() {
            return 0;
        }

        @Override
        public Limit limit() {
            return new Limit.Timeout(EpollWaiting.time(call.timeout()), nothing());
        }
    }
}
