package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_WAITALL;
import static dev.socketlab.syscall.Lab.fd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.SocketAddress;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever bytes, in whatever sizes, by whatever mix of calls: they arrive whole, in order and
 * once, on every kind of socket that promises it. The seed of a run that fails stands in its name.
 */
@ExtendWith(Leaks.class)
@Timeout(120)
class TransferPropertyTests {
    private static final int STREAM_BYTES = 3_000_000;
    private static final int MESSAGES = 400;

    /** SOCK_STREAM of TCP may take this much at a time; a UNIX datagram fits its send buffer. */
    private static final int LARGEST = 100_000;

    private final Lab lab = Lab.real();

    @AfterEach
    void close() {
        lab.close();
    }

    /** Two ends of a connection. */
    private record Ends(int from, int to) {}

    private Ends ends(String kind) {
        return switch (kind) {
            case "tcp4" -> tcp(AddressFamily.AF_INET, Lab.loopback(0));
            case "tcp6" ->
                    tcp(AddressFamily.AF_INET6, SocketAddress.inet6("::1", 0, 0, 0).orElseThrow());
            case "stream" -> pair(SocketType.SOCK_STREAM);
            case "seqpacket" -> pair(SocketType.SOCK_SEQPACKET);
            default -> pair(SocketType.SOCK_DGRAM);
        };
    }

    private Ends pair(int type) {
        Result.NewPair pair = lab.unixPair(type);
        return new Ends(pair.first(), pair.second());
    }

    private Ends tcp(int domain, SocketAddress address) {
        int listener = fd(lab.make(new Call.Socket(domain, SocketType.SOCK_STREAM, 0)));
        lab.make(new Call.Bind(listener, address));
        lab.make(new Call.Listen(listener, 1));
        int client = fd(lab.make(new Call.Socket(domain, SocketType.SOCK_STREAM, 0)));
        lab.make(new Call.Connect(client, lab.name(listener)));
        return new Ends(client, fd(lab.make(new Call.Accept(listener, 0))));
    }

    /** Mostly few bytes, sometimes many. */
    private static int size(Random random, int most) {
        return random.nextInt(1, 3 + random.nextInt(random.nextInt(1, most)));
    }

    private static List<byte[]> cut(Random random, byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + size(random, bytes.length));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    private Call sending(Random random, int fd, byte[] bytes) {
        return switch (random.nextInt(4)) {
            case 0 -> new Call.Send(fd, bytes, 0);
            case 1 -> new Call.Write(fd, bytes);
            case 2 -> new Call.Sendto(fd, bytes, 0, null);
            default -> new Call.Sendmsg(fd, null, cut(random, bytes), List.of(), 0);
        };
    }

    private static Call receiving(Random random, int fd, int len, int flags) {
        return switch (random.nextInt(4)) {
            case 0 -> new Call.Recv(fd, len, flags);
            case 1 -> flags == 0 ? new Call.Read(fd, len) : new Call.Recv(fd, len, flags);
            case 2 -> new Call.Recvfrom(fd, len, flags);
            default -> {
                long first = random.nextInt(len + 1);
                yield new Call.Recvmsg(fd, List.of(first, len - first), 0, flags);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"tcp4, 1", "tcp4, 2", "tcp6, 3", "stream, 4", "stream, 5", "stream, 6"})
    void aStreamArrivesWholeInOrderAndOnce(String kind, long seed) throws Exception {
        Random random = new Random(seed);
        Ends ends = ends(kind);
        byte[] all = new byte[STREAM_BYTES];
        random.nextBytes(all);
        Random senders = new Random(seed + 100);
        Future<?> sender =
                lab.background.submit(() -> {
                    for (int at = 0; at < all.length; ) {
                        int end = Math.min(all.length, at + size(senders, LARGEST));
                        byte[] part = Arrays.copyOfRange(all, at, end);
                        assertThat(lab.make(sending(senders, ends.from(), part)))
                                .isEqualTo(new Result.Returned(part.length));
                        at = end;
                    }
                    lab.make(new Call.Close(ends.from()));
                });
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        while (true) {
            int flags = random.nextInt(3) == 0 ? MSG_WAITALL : 0;
            Call call = receiving(random, ends.to(), size(random, LARGEST), flags);
            Result.Received some = (Result.Received) lab.make(call);
            if (some.returned() == 0) {
                break;
            }
            assertThat(some.bytes()).hasSize((int) some.returned());
            received.writeBytes(some.bytes());
        }
        sender.get();
        assertThat(Arrays.equals(received.toByteArray(), all)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"seqpacket, 11", "seqpacket, 12", "dgram, 13", "dgram, 14"})
    void eachMessageArrivesWholeInOrderAndOnce(String kind, long seed) throws Exception {
        Random random = new Random(seed);
        Ends ends = ends(kind);
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = new byte[size(random, LARGEST)];
            random.nextBytes(message);
            messages.add(message);
        }
        Random senders = new Random(seed + 100);
        Future<?> sender =
                lab.background.submit(() -> {
                    for (byte[] message : messages) {
                        assertThat(lab.make(sending(senders, ends.from(), message)))
                                .isEqualTo(new Result.Returned(message.length));
                    }
                });
        for (byte[] message : messages) {
            Call call = receiving(random, ends.to(), LARGEST, 0);
            Result.Received received = (Result.Received) lab.make(call);
            assertThat(Arrays.equals(received.bytes(), message)).as(call.name()).isTrue();
        }
        sender.get();
    }
}
