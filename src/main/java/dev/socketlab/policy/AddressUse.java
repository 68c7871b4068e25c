package dev.socketlab.policy;

/** The uses of an address by a call: each is judged before the kernel hears of it. */
public enum AddressUse {
    /** The local address that bind(2) names. */
    BIND("bind to"),
    /** The local address that listen(2) on an unbound socket stands for: every one. */
    IMPLICIT_BIND("listen on"),
    /** The peer that connect(2) names. */
    CONNECT("connect to"),
    /** The destination that a send names. */
    SEND("send to"),
    /** The peer of a connection that accept(2) takes from its queue. */
    ACCEPT("accept from"),
    /** The sender of a datagram that a receiving call takes from its queue. */
    RECEIVE("receive from");

    private final String text;

    AddressUse(String text) {
        this.text = text;
    }

    /** The verb, for an answer. */
    public String text() {
        return text;
    }
}
