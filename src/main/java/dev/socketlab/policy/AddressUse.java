package dev.socketlab.policy;

import dev.socketlab.refusal.Reason;

/** The uses of an address by a call: each is judged before the kernel hears of it. */
@SuppressWarnings("ImmutableEnumChecker") // a Reason does not change
public enum AddressUse {
    /** The local address that bind(2) names. */
    BIND(Reason.of("use.bind")),
    /** The local address that listen(2) on an unbound socket stands for: every one. */
    IMPLICIT_BIND(Reason.of("use.listen")),
    /** The peer that connect(2) names. */
    CONNECT(Reason.of("use.connect")),
    /** The destination that a send names. */
    SEND(Reason.of("use.send")),
    /** The peer of a connection that accept(2) takes from its queue. */
    ACCEPT(Reason.of("use.accept")),
    /** The sender of a datagram that a receiving call takes from its queue. */
    RECEIVE(Reason.of("use.receive"));

    private final Reason verb;

    AddressUse(Reason verb) {
        this.verb = verb;
    }

    /** The verb, for an answer. */
    Reason verb() {
        return verb;
    }
}
