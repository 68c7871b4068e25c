package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_DONTWAIT;
import static dev.socketlab.syscall.Lab.bytes;
import static dev.socketlab.syscall.Lab.fd;
import static dev.socketlab.syscall.Lab.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.OpenFds;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.place.DirectoryThreads;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.policy.PolicyException.Rule;
import dev.socketlab.readiness.ReadinessLoop;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.LimitException.Limit;
import dev.socketlab.session.SocketDirectories;
import dev.socketlab.session.SocketDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * UNIX sockets: their names in the session's own directory (SECURITY T15, T16), and their waits.
 */
@ExtendWith(Leaks.class)
@Timeout(60)
class UnixKernelTests {
    private final Lab lab = Lab.real();

    @AfterEach
    void close() {
        lab.close();
    }

    private static SocketAddress.Unix path(String path) {
        return new SocketAddress.Unix(path.getBytes(StandardCharsets.UTF_8));
    }

    private Result bind(int fd, SocketAddress addr) {
        return lab.make(new Call.Bind(fd, addr));
    }

    /** Where the session's names are: the one fd of a directory that only paths are opened by. */
    private static Path directory() {
        return Path.of(OpenFds.matching(".*/socketlab-[^/]*/[0-9]+").getFirst());
    }

    @Test
    void aNameComesBackAsItWasGivenToItsLastByte() {
        byte[] name = new byte[SocketAddress.Unix.MAX_PATH];
        Arrays.fill(name, (byte) 0xfe);
        int listener = lab.unixSocket(SocketType.SOCK_STREAM);
        assertThat(bind(listener, new SocketAddress.Unix(name))).isEqualTo(new Result.Returned(0));
        lab.make(new Call.Listen(listener, 1));
        int client = lab.unixSocket(SocketType.SOCK_STREAM);
        assertThat(lab.make(new Call.Connect(client, new SocketAddress.Unix(name))))
                .isEqualTo(new Result.Returned(0));
        Result peer = lab.make(new Call.Getpeername(client));
        assertThat(((Result.Name) peer).addr())
                .isInstanceOfSatisfying(
                        SocketAddress.Unix.class, addr -> assertThat(addr.path()).isEqualTo(name));
    }

    @Test
    void aNameThatIsTooLongIsTheKernelsToRefuseAndIsNotLookedUp() throws IOException {
        byte[] name = new byte[SocketAddress.Unix.MAX_PATH + 1];
        Arrays.fill(name, (byte) 'a');
        SocketAddress.Unix tooLong = new SocketAddress.Unix(name);
        int fd = lab.unixSocket(SocketType.SOCK_DGRAM);
        List<byte[]> iov = List.of(bytes("x"));
        for (Call call :
                new Call[] {
                    new Call.Bind(fd, tooLong),
                    new Call.Connect(fd, tooLong),
                    new Call.Sendto(fd, bytes("x"), 0, tooLong),
                    new Call.Sendmsg(fd, tooLong, iov, List.of(), 0)
                }) {
            assertThat(lab.make(call)).as(call.toString()).isEqualTo(Lab.failure("EINVAL"));
        }
        assertThat(bind(fd, path("short"))).isEqualTo(new Result.Returned(0));
        assertThat(directory().toFile().list()).containsExactly("short");
        Result pair = lab.make(new Call.Socketpair(1, SocketType.SOCK_SEQPACKET, 0));
        assertThat(
                        lab.make(
                                new Call.Sendto(
                                        ((Result.NewPair) pair).first(), bytes("x"), 0, tooLong)))
                .isEqualTo(new Result.Returned(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/run/docker.sock", "a/../../x", "..", "a/.."})
    void aPathThatLeadsOutIsRefusedBeforeTheKernelIsAsked(String name) {
        int fd = lab.unixSocket(SocketType.SOCK_DGRAM);
        SocketAddress addr = path(name);
        for (Call call :
                new Call[] {
                    new Call.Bind(fd, addr),
                    new Call.Connect(fd, addr),
                    new Call.Sendto(fd, bytes("x"), 0, addr),
                    new Call.Unlink(name.getBytes(StandardCharsets.UTF_8))
                }) {
            assertThatExceptionOfType(PolicyException.class)
                    .as(call.toString())
                    .isThrownBy(() -> lab.make(call))
                    .satisfies(e -> assertThat(e.rule()).isEqualTo(Rule.PATH));
        }
    }

    @Test
    void aLinkThatSomebodyPlantedIsNotFollowed(@TempDir Path outside) throws IOException {
        int elsewhere = lab.unixSocket(SocketType.SOCK_DGRAM);
        bind(elsewhere, path("inside"));
        Files.createSymbolicLink(directory().resolve("link"), outside.resolve("victim"));
        Files.createSymbolicLink(directory().resolve("dir"), outside);
        int fd = lab.unixSocket(SocketType.SOCK_DGRAM);
        for (Call call :
                new Call[] {
                    new Call.Connect(fd, path("link")),
                    new Call.Sendto(fd, bytes("x"), 0, path("link")),
                    new Call.Bind(fd, path("dir/x")),
                    new Call.Unlink(bytes("dir/x"))
                }) {
            assertThatExceptionOfType(PolicyException.class)
                    .as(call.toString())
                    .isThrownBy(() -> lab.make(call));
        }
        assertThat(bind(fd, path("link"))).isEqualTo(Lab.failure("EADDRINUSE"));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aNameStaysUntilItIsUnlinkedAndThereAreSoManyAndNoMore() {
        int fd = lab.unixSocket(SocketType.SOCK_STREAM);
        bind(fd, path("name"));
        lab.make(new Call.Close(fd));
        assertThat(bind(lab.unixSocket(SocketType.SOCK_STREAM), path("name")))
                .isEqualTo(Lab.failure("EADDRINUSE"));
        assertThat(lab.make(new Call.Unlink(bytes("name")))).isEqualTo(new Result.Returned(0));
        assertThat(lab.make(new Call.Unlink(bytes("name")))).isEqualTo(Lab.failure("ENOENT"));
        for (int i = 0; i < Lab.SETTINGS.maxFiles(); i++) {
            assertThat(bind(lab.unixSocket(SocketType.SOCK_STREAM), path("name" + i)))
                    .isEqualTo(new Result.Returned(0));
        }
        int more = lab.unixSocket(SocketType.SOCK_STREAM);
        assertThatExceptionOfType(LimitException.class)
                .isThrownBy(() -> bind(more, path("one more")))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(Limit.FILES));
    }

    @Test
    void abstractNamesAreRefusedWhereTheyWouldBeTheMachines() {
        int fd = lab.unixSocket(SocketType.SOCK_DGRAM);
        for (Call call :
                new Call[] {
                    new Call.Bind(fd, path("\0name")),
                    new Call.Bind(fd, path("")),
                    new Call.Connect(fd, path("\0name")),
                    new Call.Sendto(fd, bytes("x"), 0, path("\0name")),
                    new Call.Setsockopt(fd, 1, SolSocket.SO_PASSCRED, new OptionValue.Scalar(1, 4))
                }) {
            assertThatExceptionOfType(PolicyException.class)
                    .as(call.toString())
                    .isThrownBy(() -> lab.make(call));
        }
    }

    @Test
    void connectWaitsForTheBacklogAndIsWokenByAccept() throws Exception {
        int listener = lab.unixSocket(SocketType.SOCK_STREAM);
        bind(listener, path("full"));
        lab.make(new Call.Listen(listener, 0));
        lab.make(new Call.Connect(lab.unixSocket(SocketType.SOCK_STREAM), path("full")));
        Future<Result> waiting =
                lab.start(new Call.Connect(lab.unixSocket(SocketType.SOCK_STREAM), path("full")));
        lab.awaitWaiting(1);
        lab.make(new Call.Accept(listener, 0));
        assertThat(waiting.get()).isEqualTo(new Result.Returned(0));
    }

    @Test
    void connectToAFullBacklogEndsWithSoSndtimeoOrWithTheListener() throws Exception {
        int listener = lab.unixSocket(SocketType.SOCK_STREAM);
        bind(listener, path("full"));
        lab.make(new Call.Listen(listener, 0));
        lab.make(new Call.Connect(lab.unixSocket(SocketType.SOCK_STREAM), path("full")));
        int timed = lab.unixSocket(SocketType.SOCK_STREAM);
        lab.set(timed, SolSocket.SO_SNDTIMEO, OptionValue.timeval(0, 20_000));
        assertThat(lab.make(new Call.Connect(timed, path("full"))))
                .isInstanceOfSatisfying(
                        Result.Failure.class,
                        end -> assertThat(end.errno()).isEqualTo(Errno.EAGAIN));
        Future<Result> waiting =
                lab.start(new Call.Connect(lab.unixSocket(SocketType.SOCK_STREAM), path("full")));
        lab.awaitWaiting(1);
        lab.make(new Call.Close(listener));
        assertThat(waiting.get()).isEqualTo(Lab.failure("ECONNREFUSED"));
    }

    @Test
    void aSendtoAFullQueueIsWokenWhenItsOwnerReceives() throws Exception {
        int receiver = lab.unixSocket(SocketType.SOCK_DGRAM);
        bind(receiver, path("queue"));
        int sender = lab.unixSocket(SocketType.SOCK_DGRAM);
        Call full = new Call.Sendto(sender, bytes("x"), MSG_DONTWAIT, path("queue"));
        while (lab.make(full) instanceof Result.Returned) {
            assertThat(lab.openFiles.inUse()).isPositive();
        }
        Future<Result> waiting =
                lab.start(new Call.Sendto(sender, bytes("last"), 0, path("queue")));
        lab.awaitWaiting(1);
        lab.make(new Call.Recv(receiver, 9, 0));
        assertThat(waiting.get()).isEqualTo(new Result.Returned(4));
    }

    @Test
    void aDatagramOf200KilobytesIsReceivedWhole() {
        int receiver = lab.unixSocket(SocketType.SOCK_DGRAM);
        bind(receiver, path("large"));
        int sender = lab.unixSocket(SocketType.SOCK_DGRAM);
        byte[] large = new byte[200_000];
        Arrays.fill(large, (byte) 'x');
        lab.make(new Call.Connect(sender, path("large")));
        lab.make(new Call.Send(sender, large, 0));
        assertThat(text(lab.make(new Call.Recv(receiver, 1 << 20, 0)))).hasSize(large.length);
    }

    @Test
    void whatAKilledServiceLeftIsRemovedAndWhatIsAnothersIsNot(@TempDir Path parent)
            throws IOException {
        Path left = ownerOnly(parent.resolve("socketlab-left"));
        Files.createFile(left.resolve("lock"));
        Files.createDirectories(left.resolve("1"));
        Path open = Files.createDirectory(parent.resolve("socketlab-open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createFile(open.resolve("lock"));
        Path unlocked = ownerOnly(parent.resolve("socketlab-none"));
        LinuxKernel kernel = new LinuxKernel();
        try (ReadinessLoop loop = new ReadinessLoop(kernel);
                DirectoryThreads threads = new DirectoryThreads(kernel, loop);
                SocketDirectories directories = new SocketDirectories(kernel, threads, parent, 9)) {
            SocketDirectory own = directories.make();
            assertThat(left).doesNotExist();
            assertThat(open).exists();
            assertThat(unlocked).exists();
            own.close();
        }
        try (Stream<Path> remains = Files.list(parent)) {
            assertThat(remains).containsExactlyInAnyOrder(open, unlocked);
        }
    }

    private static Path ownerOnly(Path directory) throws IOException {
        return Files.createDirectory(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Who a thread starts shares its working directory, clone(2): so this one starts nobody. */
    @Test
    void onlyTheDirectoryThreadHasAWorkingDirectoryOfItsOwn() throws IOException {
        bind(lab.unixSocket(SocketType.SOCK_STREAM), path("name"));
        Path own = Files.readSymbolicLink(Path.of("/proc/self/cwd"));
        List<String> elsewhere = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                try {
                    if (!Files.readSymbolicLink(task.resolve("cwd")).equals(own)) {
                        elsewhere.add(Files.readString(task.resolve("comm")).strip());
                    }
                } catch (IOException _) {
                    continue; // it has ended meanwhile
                }
            }
        }
        assertThat(elsewhere).allMatch(name -> name.startsWith("directory-")).isNotEmpty();
    }

    @Test
    void aSessionThatEndsTakesItsDirectoryWithIt() throws IOException {
        bind(lab.unixSocket(SocketType.SOCK_STREAM), path("name"));
        Path directory = directory();
        assertThat(directory.resolve("name")).exists();
        lab.registry.end(lab.session);
        assertThat(directory).doesNotExist();
        assertThat(lab.openFiles.inUse()).isZero();
    }
}
