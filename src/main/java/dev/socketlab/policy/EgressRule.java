package dev.socketlab.policy;

/**
 * One entry of {@code socketlab.egress.allow}: a block of addresses and a range of ports.
 *
 * @param firstPort 0 to 65535
 * @param lastPort not less than the first
 */
record EgressRule(IpBlock block, int firstPort, int lastPort) {
    /**
     * Reads {@code 10.0.0.0/8:80}, {@code 192.0.2.7:8000-8100}, {@code [2001:db8::]/32:443}; a port
     * of {@code *} is any.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static EgressRule parse(String text) {
        String rule = text.strip();
        int colon = rule.lastIndexOf(':');
        if (colon < 0 || rule.indexOf(']') > colon || isBareIpv6(rule)) {
            throw new IllegalArgumentException(
                    "\""
                            + rule
                            + "\" is not CIDR:ports, such as 10.0.0.0/8:80 or [2001:db8::]/32:*");
        }
        String ports = rule.substring(colon + 1);
        String block = rule.substring(0, colon).replace("[", "").replace("]", "");
        if (ports.equals("*")) {
            return new EgressRule(IpBlock.parse(block), 0, 65535);
        }
        int dash = ports.indexOf('-');
        int first = port(dash < 0 ? ports : ports.substring(0, dash));
        int last = dash < 0 ? first : port(ports.substring(dash + 1));
        if (last < first) {
            throw new IllegalArgumentException(
                    "\"" + rule + "\": the last port is below the first");
        }
        return new EgressRule(IpBlock.parse(block), first, last);
    }

    /** Whether it allows this address with this port. */
    boolean allows(IpAddress address, int port) {
        return block.contains(address) && port >= firstPort && port <= lastPort;
    }

    /** Whether it allows this address with any port. */
    boolean allows(IpAddress address) {
        return block.contains(address);
    }

    private static boolean isBareIpv6(String rule) {
        return rule.indexOf('[') < 0 && rule.indexOf(':') != rule.lastIndexOf(':');
    }

    private static int port(String text) {
        int port;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a port", e);
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(port + " is not a port, 0 to 65535");
        }
        return port;
    }
}
