package dev.socketlab.network;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.AddrinfoFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Hosts, and names with addresses of every kind, the same ones for the same seed. */
record GeneratedNames(Random random) {
    /** Too small for IPv6. */
    static final int SMALL_MTU = 1000;

    private static final int ADDRCONFIG = AddrinfoFlag.AI_ADDRCONFIG;
    private static final int MAPPED = AddrinfoFlag.AI_V4MAPPED | AddrinfoFlag.AI_ALL;

    private static final List<String> IPV6_BLOCKS =
            List.of(
                    ("fe80:: fec0:: fc00:: fd00:: 2001:: 2001:db8:: 2002:: 2002:a00:1::"
                                    + " ff01:: ff02:: ff05:: ff0e:: :: ::5: ::10.0.0.")
                            .split(" "));

    /** One with lo alone, or hosts on networks of any size, with IPv6 or not. */
    List<HostSpec> hosts() {
        if (random.nextInt(6) == 0) {
            return List.of(HostSpec.LOCALHOST);
        }
        List<HostSpec> hosts = new ArrayList<>();
        int second = random.nextInt(4);
        int prefix = 8 + random.nextInt(23);
        int prefix6 = random.nextBoolean() ? 64 : 16 + random.nextInt(113);
        for (int n = 1; n <= 1 + random.nextInt(4); n++) {
            String ipv4 =
                    "10." + second + "." + random.nextInt(2) + "." + (1 + 4 * n) + "/" + prefix;
            String ipv6 = "fd0" + second + ":0:0:" + random.nextInt(4) + "::" + n + "/" + prefix6;
            InterfaceAddress address6 =
                    random.nextInt(4) == 0 ? null : InterfaceAddress.ipv6(ipv6).orElse(null);
            hosts.add(
                    new HostSpec(
                            "h" + n,
                            new HostSpec.Interface(
                                    HostSpec.Interface.mac(n),
                                    address6 == null ? SMALL_MTU : HostSpec.Interface.DEFAULT_MTU,
                                    InterfaceAddress.ipv4(ipv4).orElseThrow(),
                                    address6)));
        }
        return hosts;
    }

    /** Of two to eight addresses, near to a host and far from all. */
    NameLookup lookup(List<HostSpec> hosts, String name) {
        int[] families = {AddressFamily.AF_UNSPEC, AddressFamily.AF_INET, AddressFamily.AF_INET6};
        int family = families[random.nextInt(families.length)];
        int[] flags = {0, 0, ADDRCONFIG, MAPPED, AddrinfoFlag.AI_V4MAPPED};
        int flag = flags[random.nextInt(flags.length)];
        boolean unlike = // where it asks for IPv4 the library takes ::1 in the file for 127.0.0.1
                family == AddressFamily.AF_INET || flag != 0;
        List<String> addresses = new ArrayList<>();
        int count = 2 + random.nextInt(7);
        while (addresses.size() < count) {
            String address = random.nextBoolean() ? ipv4(hosts) : ipv6(hosts);
            if (!(unlike && address.equals("::1"))) {
                addresses.add(address);
            }
        }
        return new NameLookup(name, family, flag, addresses);
    }

    private String ipv4(List<HostSpec> hosts) {
        HostSpec.Interface eth0 = hosts.get(random.nextInt(hosts.size())).eth0();
        int last = random.nextInt(256);
        String near = eth0 == null ? "127.0.0." + last : eth0.ipv4().host();
        return switch (random.nextInt(10)) {
            case 0, 1 -> near;
            case 2, 3 -> near.replaceFirst("[0-9]+$", "" + last);
            case 4 -> near.replaceFirst("[0-9]+[.][0-9]+$", random.nextInt(4) + "." + last);
            case 5 -> "127." + random.nextInt(2) + ".0." + random.nextInt(4);
            case 6 -> "169.254." + last + ".1";
            case 7 -> "224.0.0." + last;
            case 8 -> List.of("0.0.0.0", "255.255.255.255", "127.0.0.1").get(random.nextInt(3));
            default -> "10." + random.nextInt(256) + "." + last + "." + random.nextInt(256);
        };
    }

    private String ipv6(List<HostSpec> hosts) {
        HostSpec.Interface eth0 = hosts.get(random.nextInt(hosts.size())).eth0();
        InterfaceAddress own = eth0 == null ? null : eth0.ipv6();
        String near = own == null ? "::1" : own.host();
        String last = Integer.toHexString(random.nextInt(1 << 16));
        return switch (random.nextInt(4)) {
            case 0 -> near;
            case 1 -> near.replaceFirst(":[0-9a-f]*$", ":" + last);
            case 2 -> "::1";
            default -> {
                String block = IPV6_BLOCKS.get(random.nextInt(IPV6_BLOCKS.size()));
                yield block.endsWith(".") ? block + random.nextInt(256) : block + last;
            }
        };
    }
}
