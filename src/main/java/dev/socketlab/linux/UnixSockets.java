package dev.socketlab.linux;

import dev.socketlab.abi.OpenFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What the kernel tells of UNIX sockets in /proc: unix(7), proc_pid_fdinfo(5). */
public final class UnixSockets {
    /** Of the calling thread's network namespace. */
    private static final String LIST = "/proc/thread-self/net/unix";

    private static final int INODE_COLUMN = 6;
    private static final String RIGHTS = "scm_fds:";
    private static final int CHUNK = 65536;

    private UnixSockets() {}

    /**
     * The inodes of the UNIX sockets of the calling thread's network namespace; not of those that
     * no process has been given yet.
     *
     * @throws SyscallException when the list cannot be read
     */
    public static Set<Long> inodes(Kernel kernel) {
        int flags = OpenFlag.O_RDONLY | OpenFlag.O_CLOEXEC;
        int fd = Math.toIntExact(kernel.open(LIST, flags).orThrow("open " + LIST));
        try {
            StringBuilder text = new StringBuilder();
            byte[] chunk = new byte[CHUNK];
            long read = kernel.read(fd, chunk, CHUNK).orThrow("read " + LIST);
            while (read > 0) {
                text.append(new String(chunk, 0, (int) read, StandardCharsets.ISO_8859_1));
                read = kernel.read(fd, chunk, CHUNK).orThrow("read " + LIST);
            }
            return inodes(text.toString());
        } finally {
            kernel.close(fd);
        }
    }

    private static Set<Long> inodes(String list) {
        Set<Long> inodes = new HashSet<>();
        list.lines()
                .skip(1)
                .map(line -> line.trim().split(" +"))
                .filter(columns -> columns.length > INODE_COLUMN)
                .map(columns -> Long.valueOf(columns[INODE_COLUMN]))
                .filter(inode -> inode != 0)
                .forEach(inodes::add);
        return inodes;
    }

    /** How many file descriptors are in the messages that a UNIX socket has not received yet. */
    public static int rightsQueued(int sockfd) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + sockfd))) {
                if (line.startsWith(RIGHTS)) {
                    return Integer.parseInt(line.substring(RIGHTS.length()).trim());
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
