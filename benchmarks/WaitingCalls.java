import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many calls waiting in recv at once. Starts the service, lets so many clients wait, each over an HTTP
 * connection of its own and four on a socket, sends for each of them bytes that are sent once, and
 * checks that every answer has some and that none are lost or doubled. Prints threads and memory of the
 * service before and while they wait.
 *
 * <p>{@code java benchmarks/WaitingCalls.java target/socketlab-0.1.0-SNAPSHOT.jar 10000}. Needs about
 * 1.3 file descriptors a call, here and in the service (ulimit -n). Loopback only; ends by itself.
 */
final class WaitingCalls {
    private static final int WAITS_A_SESSION = 64;
    private static final int WAITS_A_SOCKET = 4;
    private static final int MARKER_LENGTH = 10;
    private static final int AT_ONCE = 64;
    private static final Pattern FD = Pattern.compile("\"fd\":([0-9]+)");
    private static final Pattern PORT = Pattern.compile("\"port\":([0-9]+)");
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]+)\"");
    private static final Pattern DATA = Pattern.compile("\"data\":\"([^\"]*)\"");

    private final int port;
    private final long pid;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private WaitingCalls(int port, long pid) {
        this.port = port;
        this.pid = pid;
    }

    /** One connection: the end outside, the socket of a session, and the first of its markers. */
    private record Connection(Socket peer, String path, int first) {
        String marker(int i) {
            return "call-%05d".formatted(first + i);
        }
    }

    public static void main(String[] args) throws Exception {
        int asked = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
        int count = (asked + WAITS_A_SESSION - 1) / WAITS_A_SESSION * WAITS_A_SESSION;
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process service =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-jar",
                                args[0],
                                "--server.port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            new WaitingCalls(port, service.pid()).run(count);
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    private void run(int count) throws Exception {
        awaitStarted();
        List<Connection> connections = connect(count);
        collectGarbage();
        long threadsBefore = status("Threads");
        long memoryBefore = status("VmRSS");

        List<Socket> waiting = new ArrayList<>();
        for (Connection connection : connections) {
            for (int i = 0; i < WAITS_A_SOCKET; i++) {
                String body = "{\"len\":" + MARKER_LENGTH + "}";
                waiting.add(begin(connection.path() + "/recv?wait=5m", body));
            }
        }
        awaitAllWaiting(connections);
        collectGarbage();
        long threadsWaiting = status("Threads");
        long memoryWaiting = status("VmRSS");
        long busyBefore = processorTicks();
        Thread.sleep(5000);
        double idle = (processorTicks() - busyBefore) / 5.0;

        long[] micros = new long[count];
        List<Future<String>> answers = new ArrayList<>();
        long[] sent = new long[count];
        for (int i = 0; i < count; i++) {
            int index = i;
            answers.add(
                    threads.submit(
                            () -> {
                                String data = find(DATA, read(waiting.get(index)));
                                int socket = index / WAITS_A_SOCKET;
                                micros[index] = (System.nanoTime() - sent[socket]) / 1000;
                                return data;
                            }));
        }
        long begin = System.nanoTime();
        Set<String> markers = new HashSet<>();
        for (int i = 0; i < connections.size(); i++) {
            Connection connection = connections.get(i);
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < WAITS_A_SOCKET; k++) {
                text.append(connection.marker(k));
                markers.add(connection.marker(k));
            }
            sent[i] = System.nanoTime();
            connection.peer().getOutputStream().write(bytes(text.toString()));
        }
        int right = 0;
        for (Future<String> answer : answers) {
            if (markers.remove(answer.get())) {
                right++;
            }
        }
        long all = (System.nanoTime() - begin) / 1_000_000;
        Arrays.sort(micros);
        System.out.printf("calls waiting                   %d%n", count);
        System.out.printf("answered, each with its bytes   %d%n", right);
        System.out.printf("platform threads, before        %d%n", threadsBefore);
        System.out.printf("platform threads, waiting       %d%n", threadsWaiting);
        System.out.printf("resident memory, before         %d MiB%n", memoryBefore / 1024);
        System.out.printf("resident memory, waiting        %d MiB%n", memoryWaiting / 1024);
        System.out.printf(
                "resident memory a waiting call  %.1f KiB%n",
                (memoryWaiting - memoryBefore) / (double) count);
        System.out.printf("processor while all wait        %.1f %% of one core%n", idle);
        System.out.printf("from first byte to last answer  %d ms%n", all);
        System.out.printf(
                "byte sent to answer read        median %.1f ms, 99 %% %.1f ms%n",
                micros[count / 2] / 1000.0, micros[count * 99 / 100] / 1000.0);
        if (right != count) {
            throw new IllegalStateException("calls were lost");
        }
    }

    private List<Connection> connect(int count) throws Exception {
        List<Connection> connections = new ArrayList<>();
        Semaphore atOnce = new Semaphore(AT_ONCE);
        List<Future<List<Connection>>> sessions = new ArrayList<>();
        for (int first = 0; first < count; first += WAITS_A_SESSION) {
            int from = first;
            int to = first + WAITS_A_SESSION;
            sessions.add(
                    threads.submit(
                            () -> {
                                atOnce.acquire();
                                try {
                                    return session(from, to);
                                } finally {
                                    atOnce.release();
                                }
                            }));
        }
        for (Future<List<Connection>> session : sessions) {
            connections.addAll(session.get());
        }
        return connections;
    }

    private List<Connection> session(int from, int to) throws IOException {
        String id = find(ID, call("/api/v1/sessions", "{\"network\":\"host\"}"));
        String sockets = "/api/v1/sessions/" + id + "/sockets";
        String listener = sockets + "/" + find(FD, call(sockets, "{}"));
        call(listener + "/bind", "{\"addr\":\"127.0.0.1:0\"}");
        call(listener + "/listen", "{}");
        int listening = Integer.parseInt(find(PORT, get(listener + "/getsockname")));
        List<Connection> connections = new ArrayList<>();
        for (int i = from; i < to; i += WAITS_A_SOCKET) {
            Socket peer = new Socket("127.0.0.1", listening);
            String fd = find(FD, call(listener + "/accept", "{}"));
            connections.add(new Connection(peer, sockets + "/" + fd, i));
        }
        return connections;
    }

    /** In a session in which as many calls wait as may, one more is refused. */
    private void awaitAllWaiting(List<Connection> connections) throws Exception {
        for (int i = 0; i < connections.size(); i += WAITS_A_SESSION / WAITS_A_SOCKET) {
            String path = connections.get(i).path() + "/recv?wait=0s";
            while (!call(path, "{\"len\":1}").contains("session-waits")) {
                Thread.sleep(20);
            }
        }
    }

    private void awaitStarted() throws InterruptedException {
        while (true) {
            try {
                if (get("/actuator/health").contains("UP")) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
    }

    private String call(String path, String body) throws IOException {
        try (Socket socket = begin(path, body)) {
            return read(socket);
        }
    }

    private String get(String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(bytes("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
            return read(socket);
        }
    }

    private Socket begin(String path, String body) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.getOutputStream()
                .write(
                        bytes(
                                "POST "
                                        + path
                                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                        + "Content-Type: application/json\r\nContent-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body));
        return socket;
    }

    private static String read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A figure of /proc/PID/status: a count, or KiB. */
    private long status(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IllegalStateException("no " + name);
    }

    /** utime and stime of /proc/PID/stat, in hundredths of a second. */
    private long processorTicks() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private void collectGarbage() throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                "GC.run")
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(jcmd.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().toList();
        }
        jcmd.waitFor();
    }
}
