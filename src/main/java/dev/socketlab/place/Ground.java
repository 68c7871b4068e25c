package dev.socketlab.place;

import dev.socketlab.abi.CloneFlag;
import dev.socketlab.abi.OpenFlag;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult;

/**
 * What a thread can have apart from the others of its process, clone(2), and go about in: its
 * places are fds.
 */
public enum Ground {
    /** network_namespaces(7). */
    NAMESPACES("setns") {
        @Override
        int leave(Kernel kernel) {
            kernel.unshare(CloneFlag.CLONE_NEWNET).orThrow("unshare");
            return namespace(kernel);
        }

        @Override
        SyscallResult enter(Kernel kernel, int place) {
            return kernel.setns(place, CloneFlag.CLONE_NEWNET);
        }
    },

    /** Working directories, chdir(2). */
    DIRECTORIES("fchdir") {
        @Override
        int leave(Kernel kernel) {
            kernel.unshare(CloneFlag.CLONE_FS).orThrow("unshare");
            int flags = OpenFlag.O_PATH | OpenFlag.O_CLOEXEC;
            return Math.toIntExact(kernel.open("/", flags).orThrow("open"));
        }

        @Override
        SyscallResult enter(Kernel kernel, int place) {
            return kernel.fchdir(place);
        }
    };

    /** Where a thread finds the network namespace that it is in. */
    private static final String OWN_NAMESPACE = "/proc/thread-self/ns/net";

    private final String syscall;

    Ground(String syscall) {
        this.syscall = syscall;
    }

    /** The name of the system call that {@link #enter} makes. */
    String syscall() {
        return syscall;
    }

    /**
     * Takes the calling thread off the service's ground for good, to a place of its own.
     *
     * @return the fd of that place; the caller closes it
     */
    abstract int leave(Kernel kernel);

    /** Takes the calling thread to a place. */
    abstract SyscallResult enter(Kernel kernel, int place);

    /** An fd of the calling thread's network namespace, which keeps it; the caller closes it. */
    public static int namespace(Kernel kernel) {
        int flags = OpenFlag.O_RDONLY | OpenFlag.O_CLOEXEC;
        return Math.toIntExact(kernel.open(OWN_NAMESPACE, flags).orThrow("open"));
    }
}
