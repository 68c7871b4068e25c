package dev.socketlab.json.value;

import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.call.SocketOption;
import dev.socketlab.refusal.Reason;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Options and levels as requests name them. */
public final class OptionNames {
    private OptionNames() {}

    /**
     * The level and number of an option. A name implies its level; a number needs one.
     *
     * @throws InvalidRequestException when there is no such name, or a number has no level
     */
    public static SocketOption.Named resolve(Word name, @Nullable Word level) {
        Optional<SocketOption.Named> named = SocketOption.named(name.text());
        if (level == null) {
            return named.orElseThrow(() -> unknown(name));
        }
        int at = level(level);
        OptionalInt there = SocketOption.number(at, name.text());
        int optname =
                there.isPresent()
                        ? there.getAsInt()
                        : named.map(SocketOption.Named::optname)
                                .or(() -> number(name.text()))
                                .orElseThrow(() -> unknown(name));
        return new SocketOption.Named(at, optname);
    }

    private static int level(Word level) {
        OptionalInt named = SocketLevel.NAMES.value(level.text());
        return named.isPresent()
                ? named.getAsInt()
                : Constants.PROTOCOL.value(level.where(), level.text());
    }

    /** The number of a level by its name. */
    public static OptionalInt levelValue(String name) {
        OptionalInt level = SocketLevel.NAMES.value(name);
        return level.isPresent() ? level : IpProtocol.NAMES.value(name);
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.decode(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static InvalidRequestException unknown(Word name) {
        String text = name.text();
        String shown = text.length() > 64 ? text.substring(0, 64) + "…" : text;
        return name.wrong(
                number(text).isPresent()
                        ? Reason.of("invalid.option-level", IpProtocol.IPPROTO_TCP)
                        : Reason.of("invalid.option", shown));
    }
}
