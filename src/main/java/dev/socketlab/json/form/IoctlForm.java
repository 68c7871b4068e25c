package dev.socketlab.json.form;

import dev.socketlab.abi.Ioctl;
import dev.socketlab.call.Call;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.Word;
import dev.socketlab.refusal.Reason;
import java.util.OptionalInt;

/** What ioctl(2) takes in JSON. */
public record IoctlForm() implements Form {
    /**
     * The call; requests are those of sockets that give a number, and a number is judged as what it
     * names.
     *
     * @throws dev.socketlab.json.value.InvalidRequestException when it is no such request
     */
    public Call toCall(int fd, Word request) {
        OptionalInt named = Ioctl.NAMES.value(request.text());
        if (named.isPresent()) {
            return new Call.Ioctl(fd, named.getAsInt());
        }
        try {
            int number = Integer.decode(request.text());
            if (Ioctl.NAMES.name(number) != null) {
                return new Call.Ioctl(fd, number);
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new InvalidRequestException(
                request.where(),
                Reason.of("invalid.accepted", String.join(", ", Ioctl.NAMES.all().keySet())));
    }
}
