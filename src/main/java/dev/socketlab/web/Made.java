package dev.socketlab.web;

import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.json.value.AnswerWriter;
import dev.socketlab.json.value.CallAnswer;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that was made, with its result: what a route answers, and {@link MadeCalls} writes.
 *
 * @param encoding how the bytes of the answer are written; null for the usual
 * @param instead what is answered in the place of what the result says; null for nothing
 */
public record Made(
        Session session,
        Call call,
        Result result,
        @Nullable DataEncoding encoding,
        @Nullable CallAnswer instead) {
    /** The same, which answers this where it has succeeded. */
    Made answering(CallAnswer other) {
        return new Made(session, call, result, encoding, other);
    }

    /** The JSON of a result. */
    CallAnswer answer(Result.Answered answered) {
        return instead == null ? AnswerWriter.of(call, answered, encoding) : instead;
    }

    /** The URL of what the call made; empty where it made nothing that has one. */
    Optional<String> location(Result.Answered answered) {
        return switch (answered) {
            case Result.NewDescriptor(int fd, var _, boolean _) -> location("sockets", fd);
            case Result.NewPair(int first, int _) -> location("sockets", first);
            case Result.AddrinfoList(var list) -> location("addrinfo", list.id());
            case Result.Returned _,
                    Result.Received _,
                    Result.Value _,
                    Result.Polled _,
                    Result.Events _,
                    Result.Name _,
                    Result.OptionRead _,
                    Result.Flags _,
                    Result.Nameinfo _,
                    Result.Nothing _ ->
                    Optional.empty();
        };
    }

    private Optional<String> location(String kind, int number) {
        return Optional.of(ApiPath.V1 + "/sessions/" + session.id() + "/" + kind + "/" + number);
    }
}
