package dev.socketlab.policy;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.policy.PolicyException.Rule;
import dev.socketlab.refusal.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses a session on the machine's network may use. Loopback always, but for the
 * service's own ports; others when {@code socketlab.egress.allow} lists them; all of them with
 * {@code any}. It judges the address that goes to the kernel. An address that only carries a
 * loopback one, as 6to4 does, is not loopback: both it and what it carries must be allowed.
 */
public final class EgressPolicy {
    private static final List<IpBlock> LOOPBACK =
            List.of(IpBlock.parse("127.0.0.0/8"), IpBlock.parse("::1/128"));

    /** Never allowed by a list: wildcards, link-local, cloud metadata, multicast, reserved. */
    private static final List<IpBlock> NEVER =
            List.of(
                    IpBlock.parse("0.0.0.0/8"),
                    IpBlock.parse("169.254.0.0/16"),
                    IpBlock.parse("224.0.0.0/4"),
                    IpBlock.parse("240.0.0.0/4"),
                    IpBlock.parse("::/128"),
                    IpBlock.parse("fe80::/10"),
                    IpBlock.parse("fd00:ec2::254/128"),
                    IpBlock.parse("ff00::/8"));

    private final boolean any;
    private final List<EgressRule> rules;
    private final OwnPorts ownPorts;

    /**
     * @param allow the entries of {@code socketlab.egress.allow}
     * @throws IllegalArgumentException when an entry is neither {@code any} nor CIDR:ports
     */
    public EgressPolicy(List<String> allow, OwnPorts ownPorts) {
        this.any = allow.contains("any");
        this.rules =
                allow.stream().filter(rule -> !rule.equals("any")).map(EgressRule::parse).toList();
        this.ownPorts = ownPorts;
    }

    /**
     * Judges one use of an address by the bytes that go to the kernel.
     *
     * @param sockaddr the whole struct sockaddr, which nobody changes from now on
     * @throws PolicyException when it is refused
     */
    public JudgedAddress judge(AddressUse use, byte[] sockaddr) {
        SocketAddress address = SocketAddress.parse(sockaddr);
        switch (address) {
            case null -> {}
            case SocketAddress.Inet inet -> judge(use, inet);
            case SocketAddress.Inet6 inet6 ->
                    judge(use, IpAddress.of(inet6), inet6.port(), inet6.text());
            case SocketAddress.Unix unix -> judgePath(use, unix);
            case SocketAddress.Packet _ -> {} // who has a packet socket may use it
            case SocketAddress.Other other -> judgeOther(use, other);
        }
        return new JudgedAddress(sockaddr, address);
    }

    /** As {@link #judge(AddressUse, byte[])}, of an address that the kernel has given. */
    public void judge(AddressUse use, SocketAddress address) {
        judge(use, address.toBytes());
    }

    private void judge(AddressUse use, SocketAddress.Inet inet) {
        judge(use, IpAddress.of(inet), inet.port(), inet.text());
    }

    /** Linux takes AF_UNSPEC for AF_INET when it binds; to connect it dissolves. */
    private void judgeOther(AddressUse use, SocketAddress.Other other) {
        boolean isAddress =
                switch (use) {
                    case BIND, IMPLICIT_BIND, SEND -> true;
                    case CONNECT, ACCEPT, RECEIVE -> false;
                };
        if (other.family() == AddressFamily.AF_UNSPEC && isAddress) {
            byte[] inet = Arrays.copyOf(other.data(), Integer.BYTES + Short.BYTES);
            ByteBuffer data = ByteBuffer.wrap(inet);
            int port = data.getShort() & 0xffff;
            judge(use, new SocketAddress.Inet(data.getInt(), port));
        }
    }

    /**
     * A path name is relative to the session's own directory, and does not lead out of it; what a
     * peer calls itself is its own affair.
     */
    private static void judgePath(AddressUse use, SocketAddress.Unix unix) {
        boolean chosen =
                switch (use) {
                    case BIND, CONNECT, SEND -> true;
                    case IMPLICIT_BIND, ACCEPT, RECEIVE -> false;
                };
        if (chosen && !unix.isAbstract()) {
            NamePolicy.judgePath(unix.path());
        }
    }

    private void judge(AddressUse use, IpAddress address, int port, String text) {
        boolean portIsLocal =
                switch (use) {
                    case BIND, IMPLICIT_BIND, CONNECT, SEND -> true;
                    case ACCEPT, RECEIVE -> false;
                };
        if (portIsLocal && ownPorts.has(port) && ownPorts.isLocal(address)) {
            throw new PolicyException(
                    Rule.OWN_PORT, Reason.of("policy.own-port", use.verb(), port));
        }
        if (!any && !allowed(use, address, port)) {
            throw refusal(use, address, port, text);
        }
    }

    private boolean allowed(AddressUse use, IpAddress address, int port) {
        if (contains(LOOPBACK, address)) {
            return true;
        }
        return !contains(NEVER, address)
                && listed(use, address, port)
                && CarriedAddress.in(address).map(inner -> allowed(use, inner, port)).orElse(true);
    }

    /** The port of a peer that connects is its own affair; the others are the session's choice. */
    private boolean listed(AddressUse use, IpAddress address, int port) {
        return rules.stream()
                .anyMatch(rule ->
                        switch (use) {
                            case ACCEPT, RECEIVE -> rule.allows(address);
                            case BIND, IMPLICIT_BIND, CONNECT, SEND -> rule.allows(address, port);
                        });
    }

    private static PolicyException refusal(
            AddressUse use, IpAddress address, int port, String text) {
        String where = text.contains(":") ? "[" + text + "]:" + port : text + ":" + port;
        Reason remedy =
                contains(NEVER, address)
                        ? Reason.of("policy.egress.never")
                        : Reason.of("policy.egress.allow", example(address, text, port));
        Reason instead =
                switch (use) {
                    case BIND -> Reason.of("policy.egress.bind");
                    case IMPLICIT_BIND -> Reason.of("policy.egress.listen");
                    case CONNECT, SEND, ACCEPT, RECEIVE -> Reason.of("policy.egress.reach");
                };
        return new PolicyException(
                Rule.EGRESS, Reason.of("policy.egress", use.verb(), where, instead, remedy));
    }

    private static String example(IpAddress address, String text, int port) {
        return address.bits() == 32 && !text.contains(":")
                ? text + "/32:" + port
                : address.bits() == 32
                        ? text.substring(text.lastIndexOf(':') + 1) + "/32:" + port
                        : "[" + text + "]/128:" + port;
    }

    private static boolean contains(List<IpBlock> blocks, IpAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }
}
