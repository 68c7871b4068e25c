package dev.socketlab.network;

import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SyscallResult;

/** A place where sockets are made: the machine itself, or a host of a session's own network. */
public sealed interface Host permits MachineHost, LabHost {
    /** socket(2) on this host. */
    SyscallResult socket(int domain, int type, int protocol);

    /** The sockets of this host, as its kernel lists them. */
    SockDiag sockDiag();
}
