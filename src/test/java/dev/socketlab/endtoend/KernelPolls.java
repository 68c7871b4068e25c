package dev.socketlab.endtoend;

import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.BlockingKernel;
import dev.socketlab.linux.EpollEvents;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import java.util.ArrayList;
import java.util.List;

/** poll(2) and epoll(7), with the file descriptors of a process. */
record KernelPolls(Kernel kernel, BlockingKernel blocking, ProcessFds fds) {
    private static final int MAX_EVENTS = 16;

    Result poll(Call.Poll call) {
        int count = call.fds().size();
        int[] kernelFds = call.fds().stream().mapToInt(one -> fds.kernelFd(one.fd())).toArray();
        short[] events = new short[count];
        for (int i = 0; i < count; i++) {
            events[i] = (short) call.fds().get(i).events();
        }
        short[] revents = new short[count];
        SyscallResult result = blocking.poll(kernelFds, events, revents, call.timeout());
        if (result instanceof Failure(Errno errno)) {
            return new Result.Failure(errno);
        }
        List<Result.Revents> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            found.add(new Result.Revents(call.fds().get(i).fd(), revents[i] & 0xffff));
        }
        return new Result.Polled((int) ((Success) result).value(), found);
    }

    Result epollCtl(Call.EpollCtl call) {
        return Result.of(
                kernel.epoll_ctl(
                        fds.kernelFd(call.epfd()),
                        call.op(),
                        fds.kernelFd(call.fd()),
                        call.events(),
                        Long.parseLong(call.data())));
    }

    Result epollWait(Call.EpollWait call) {
        if (call.maxevents() <= 0) {
            return new Result.Failure(Errno.EINVAL); // as the kernel would
        }
        EpollEvents events = new EpollEvents(Math.min(call.maxevents(), MAX_EVENTS));
        SyscallResult result = kernel.epoll_wait(fds.kernelFd(call.epfd()), events, call.timeout());
        if (result instanceof Failure(Errno errno)) {
            return new Result.Failure(errno);
        }
        List<Result.Event> found = new ArrayList<>();
        for (int i = 0; i < ((Success) result).value(); i++) {
            found.add(new Result.Event(events.events(i), Long.toString(events.data(i))));
        }
        return new Result.Events(found);
    }
}
