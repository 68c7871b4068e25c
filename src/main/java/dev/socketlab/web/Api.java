package dev.socketlab.web;

import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.json.DataEncoding;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.syscall.Calls;
import dev.socketlab.web.problem.CallFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the calls that requests ask for, and their answers. */
@Component
public final class Api {
    private final Calls calls;

    Api(Calls calls) {
        this.calls = calls;
    }

    /**
     * Makes a call.
     *
     * @throws CallFailedException when it fails
     */
    CallAnswer answer(Session session, Call call, Caller caller) {
        return answer(session, call, caller, null);
    }

    /** As {@link #answer(Session, Call, Caller)}, with the bytes of the answer so encoded. */
    CallAnswer answer(Session session, Call call, Caller caller, @Nullable DataEncoding encoding) {
        return CallAnswer.of(session, call, make(session, call, caller), encoding);
    }

    Result make(Session session, Call call, Caller caller) {
        return calls.make(session, call, caller);
    }
}
