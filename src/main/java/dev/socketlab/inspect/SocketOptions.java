package dev.socketlab.inspect;

import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.Kernel;
import dev.socketlab.network.SessionNetwork;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.NotOpenException;
import dev.socketlab.session.Observation;
import dev.socketlab.session.OpenSocket;
import dev.socketlab.session.OptionReading;
import java.util.List;
import java.util.Optional;

/** All options of a socket, as somebody sees them who looks on: none of these is a call. */
public final class SocketOptions {
    private final Kernel kernel;

    public SocketOptions(Kernel kernel) {
        this.kernel = kernel;
    }

    /** An option of the catalogue, and what reading it gave. */
    public record Read(SocketOption option, Result.OptionRead result) {}

    /**
     * Every option of the catalogue that the socket has, that the policy lets its session read, and
     * that reading does not clear; in the catalogue's order.
     *
     * @throws NotOpenException when the descriptor is not open
     */
    public List<Read> of(Observation session, int fd) {
        try (OpenSocket socket = session.socket(fd).orElseThrow(() -> new NotOpenException(fd))) {
            return SocketOption.catalogue()
                    .filter(option -> !option.isClearedByReading())
                    .filter(option -> isAllowed(session.network(), option))
                    .flatMap(option -> read(socket, option).stream())
                    .toList();
        }
    }

    private static boolean isAllowed(SessionNetwork network, SocketOption option) {
        try {
            OptionReading.judge(network, option.level(), option.optname());
            return true;
        } catch (PolicyException _) {
            return false;
        }
    }

    private Optional<Read> read(OpenSocket socket, SocketOption option) {
        return socket.option(kernel, option) instanceof Result.OptionRead read
                ? Optional.of(new Read(option, read))
                : Optional.empty();
    }
}
