package dev.socketlab.network;

import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SyscallResult;

/** The machine that the service runs on, in the service's own network namespace. */
public record MachineHost(Kernel kernel, SockDiag sockDiag) implements Host {
    @Override
    public SyscallResult socket(int domain, int type, int protocol) {
        return kernel.socket(domain, type, protocol);
    }
}
