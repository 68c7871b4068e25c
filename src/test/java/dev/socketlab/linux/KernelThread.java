package dev.socketlab.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The calling thread as the kernel has it: whether it is blocked in a call, and a signal to it. */
public final class KernelThread {
    /** Real-time, and none that the C library or the JVM uses. */
    private static final int SIGNAL = 44;

    /** asm/unistd.h. */
    private static final long SYS_TGKILL = Platform.isX86() ? 234 : 131;

    private static final String SYS_FUTEX = Platform.isX86() ? "202" : "98";

    /** The state is what follows the name, which is in parentheses. */
    private static final Pattern SLEEPS = Pattern.compile("\\) S ");

    private static final MethodHandle GETTID = CLibrary.slow("gettid", JAVA_INT);
    private static final MethodHandle TGKILL =
            CLibrary.slowSyscall(JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SIGINTERRUPT =
            CLibrary.slow("siginterrupt", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle HANDLE = CLibrary.slow("signal", ADDRESS, JAVA_INT, ADDRESS);

    static {
        handleSignal();
    }

    private final int tid;
    private final Path syscall;
    private final Path stat;

    private KernelThread(int tid) {
        this.tid = tid;
        this.syscall = Path.of("/proc/self/task/" + tid + "/syscall");
        this.stat = Path.of("/proc/self/task/" + tid + "/stat");
    }

    /** The thread that asks. */
    public static KernelThread current() {
        try (Arena arena = Arena.ofConfined()) {
            return new KernelThread((int) GETTID.invokeExact(CLibrary.errnoIn(arena)));
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    /** abs(3) does nothing, so it handles a signal; calls that it interrupts are not restarted. */
    private static void handleSignal() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = CLibrary.errnoIn(arena);
            MemorySegment handler = Linker.nativeLinker().defaultLookup().findOrThrow("abs");
            int interrupts = (int) SIGINTERRUPT.invokeExact(errno, SIGNAL, 1);
            var before = (MemorySegment) HANDLE.invokeExact(errno, SIGNAL, handler);
            if (interrupts != 0 || before.address() == -1) {
                throw new IllegalStateException("signal(2)");
            }
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    /**
     * Whether it sleeps in a system call, proc_pid_syscall(5), and has not been woken meanwhile,
     * proc_pid_stat(5); a lock of the JVM's is a futex(2).
     */
    public boolean isBlocked() {
        try {
            String now = Files.readString(syscall);
            boolean inCall =
                    !now.startsWith("running")
                            && !now.startsWith("-1 ")
                            && !now.startsWith(SYS_FUTEX + " ");
            return inCall && SLEEPS.matcher(Files.readString(stat)).find();
        } catch (IOException _) {
            return false; // it has ended
        }
    }

    /** Interrupts the call that it is blocked in, which fails with EINTR. */
    public void interrupt() {
        try (Arena arena = Arena.ofConfined()) {
            long pid = ProcessHandle.current().pid();
            long _ =
                    (long)
                            TGKILL.invokeExact(
                                    CLibrary.errnoIn(arena),
                                    SYS_TGKILL,
                                    pid,
                                    (long) tid,
                                    (long) SIGNAL);
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }
}
