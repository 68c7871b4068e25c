package dev.socketlab.linux;

import dev.socketlab.abi.OpenFlag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel counts in the network namespace in which this was opened, /proc/net/netstat of
 * proc_pid_net(5). Nothing here waits. Close it when done.
 */
public final class Netstat implements AutoCloseable {
    private static final String FILE = "/proc/thread-self/net/netstat";
    private static final String TCP = "TcpExt:";
    private static final int READ_SIZE = 8192;

    private final Kernel kernel;
    private final int fd;

    /**
     * Opens the file, in the network namespace of the calling thread.
     *
     * @throws SyscallException when the kernel does not let it
     */
    public Netstat(Kernel kernel) {
        this.kernel = kernel;
        int flags = OpenFlag.O_RDONLY | OpenFlag.O_CLOEXEC;
        this.fd = Math.toIntExact(kernel.open(FILE, flags).orThrow("open " + FILE));
    }

    /**
     * What became of connections that listeners could not take, since the namespace was made; named
     * as the kernel names them, in net/ipv4/proc.c.
     *
     * @param listenOverflows connections that found an accept queue full
     * @param listenDrops requests and connections that were dropped, for this and other reasons
     * @param syncookiesSent requests that were answered with a cookie
     * @param syncookiesRecv cookies that came back
     * @param syncookiesFailed cookies that came back and were not the service's
     * @param tcpReqQFullDoCookies requests that found a SYN queue full, and got a cookie
     * @param tcpReqQFullDrop requests that found a SYN queue full, and were dropped
     */
    public record Listening(
            long listenOverflows,
            long listenDrops,
            long syncookiesSent,
            long syncookiesRecv,
            long syncookiesFailed,
            long tcpReqQFullDoCookies,
            long tcpReqQFullDrop) {
        /** Where nothing has happened yet. */
        public static final Listening NOTHING = new Listening(0, 0, 0, 0, 0, 0, 0);

        public Listening plus(Listening other) {
            return new Listening(
                    listenOverflows + other.listenOverflows,
                    listenDrops + other.listenDrops,
                    syncookiesSent + other.syncookiesSent,
                    syncookiesRecv + other.syncookiesRecv,
                    syncookiesFailed + other.syncookiesFailed,
                    tcpReqQFullDoCookies + other.tcpReqQFullDoCookies,
                    tcpReqQFullDrop + other.tcpReqQFullDrop);
        }

        public Listening minus(Listening other) {
            return new Listening(
                    listenOverflows - other.listenOverflows,
                    listenDrops - other.listenDrops,
                    syncookiesSent - other.syncookiesSent,
                    syncookiesRecv - other.syncookiesRecv,
                    syncookiesFailed - other.syncookiesFailed,
                    tcpReqQFullDoCookies - other.tcpReqQFullDoCookies,
                    tcpReqQFullDrop - other.tcpReqQFullDrop);
        }
    }

    /**
     * Reads the counters.
     *
     * @throws SyscallException when the kernel does not give them
     */
    public Listening listening() {
        Map<String, Long> counters = counters(text());
        return new Listening(
                counters.getOrDefault("ListenOverflows", 0L),
                counters.getOrDefault("ListenDrops", 0L),
                counters.getOrDefault("SyncookiesSent", 0L),
                counters.getOrDefault("SyncookiesRecv", 0L),
                counters.getOrDefault("SyncookiesFailed", 0L),
                counters.getOrDefault("TCPReqQFullDoCookies", 0L),
                counters.getOrDefault("TCPReqQFullDrop", 0L));
    }

    @Override
    public void close() {
        kernel.close(fd);
    }

    private String text() {
        byte[] buf = new byte[READ_SIZE];
        StringBuilder text = new StringBuilder();
        long offset = 0;
        for (int n = read(buf, offset); n > 0; n = read(buf, offset)) {
            text.append(new String(buf, 0, n, StandardCharsets.US_ASCII));
            offset += n;
        }
        return text.toString();
    }

    private int read(byte[] buf, long offset) {
        return Math.toIntExact(kernel.pread(fd, buf, buf.length, offset).orThrow("pread"));
    }

    /** A line of names, and a line of their values. */
    static Map<String, Long> counters(String netstat) {
        List<String[]> lines = new ArrayList<>();
        netstat.lines()
                .filter(line -> line.startsWith(TCP))
                .forEach(line -> lines.add(line.split(" ")));
        Map<String, Long> counters = new HashMap<>();
        if (lines.size() == 2) {
            String[] names = lines.getFirst();
            String[] values = lines.getLast();
            for (int i = 1; i < Math.min(names.length, values.length); i++) {
                counters.put(names[i], Long.parseLong(values[i]));
            }
        }
        return counters;
    }
}
