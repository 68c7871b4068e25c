package dev.socketlab.syscall;

import dev.socketlab.session.Caller;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Invocation;
import dev.socketlab.session.Session;

/** A call on an open descriptor, with the lease under which it is made. */
record LeasedCall(Invocation invocation, Descriptor.Lease lease) {
    Session session() {
        return invocation.session();
    }

    Caller caller() {
        return invocation.caller();
    }

    /** Whether nobody is there to be answered: what a call takes from the kernel would be lost. */
    boolean isCallerGone() {
        return caller().presence().isGone();
    }
}
