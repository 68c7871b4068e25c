package dev.socketlab.web;

import dev.socketlab.call.Call;
import dev.socketlab.json.form.DescriptorForm;
import dev.socketlab.json.form.Form;
import dev.socketlab.json.form.ProcessForm;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.syscall.Calls;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the calls that requests ask for. */
@Component
final class Api {
    private final Calls calls;

    Api(Calls calls) {
        this.calls = calls;
    }

    /** Makes a call on no descriptor of the URL's. */
    Made make(Session session, ProcessForm form, Caller caller) {
        return make(session, form, form.toCall(), caller);
    }

    /** Makes a call on one descriptor. */
    Made make(Session session, DescriptorForm form, int fd, Caller caller) {
        return make(session, form, form.toCall(fd), caller);
    }

    /** Makes a call that its form has made of the words of the URL. */
    Made make(Session session, Form form, Call call, Caller caller) {
        return make(session, call, form.answerEncoding(), caller);
    }

    /** Makes a call that has no form. */
    Made make(Session session, Call call, Caller caller) {
        return make(session, call, null, caller);
    }

    private Made make(Session session, Call call, @Nullable DataEncoding encoding, Caller caller) {
        return new Made(session, call, calls.make(session, call, caller), encoding, null);
    }
}
