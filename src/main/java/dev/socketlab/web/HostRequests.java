package dev.socketlab.web;

import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.Platform;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.Tap;
import dev.socketlab.network.HostSpec;
import dev.socketlab.network.HostSpec.Interface;
import dev.socketlab.network.InterfaceAddress;
import dev.socketlab.refusal.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The hosts of a new session, from what its request asks for. */
final class HostRequests {
    private static final int MAX_HOSTS = 16;
    private static final int MIN_MTU = 68; // RFC 791
    private static final int MIN_MTU_IPV6 = 1280; // RFC 8200
    private static final Pattern NAME =
            Pattern.compile(
                    "(?=.{1,63}$)LABEL(\\.LABEL)*"
                            .replace("LABEL", "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"));

    /** Names that the hosts file has for loopback, on every host. */
    private static final Set<String> LOOPBACK =
            Set.of("localhost", "ip6-localhost", "ip6-loopback");

    private final List<HostRequest> requests;
    private final Set<String> names = new HashSet<>();
    private final Set<SocketAddress> taken = new HashSet<>();

    private HostRequests(List<HostRequest> requests) {
        this.requests = requests;
    }

    /**
     * Fills in what is not asked for: each host has an interface where there are several, or where
     * something is asked for it, and addresses that no other host has.
     *
     * @throws InvalidRequestException when something cannot be
     */
    static List<HostSpec> specs(List<HostRequest> requests) {
        if (requests.isEmpty() || requests.size() > MAX_HOSTS) {
            throw new InvalidRequestException("/hosts", Reason.of("invalid.hosts", MAX_HOSTS));
        }
        return new HostRequests(requests).specs();
    }

    private List<HostSpec> specs() {
        List<@Nullable InterfaceAddress> ipv4 = new ArrayList<>();
        List<@Nullable InterfaceAddress> ipv6 = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            checkName(i);
            ipv4.add(ipv4(i));
            ipv6.add(ipv6(i));
        }
        List<HostSpec> specs = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            HostRequest request = requests.get(i);
            boolean wired = requests.size() > 1 || request.asksForInterface();
            specs.add(
                    new HostSpec(request.name(), wired ? eth0(i, ipv4.get(i), ipv6.get(i)) : null));
        }
        return specs;
    }

    private Interface eth0(
            int i, @Nullable InterfaceAddress ipv4, @Nullable InterfaceAddress ipv6) {
        Integer mtu = requests.get(i).mtu();
        int bytes = mtu == null ? Interface.DEFAULT_MTU : mtu;
        if (bytes < MIN_MTU || bytes > Tap.MAX_MTU) {
            throw invalid(i, "mtu", Reason.of("invalid.mtu", MIN_MTU, Tap.MAX_MTU));
        }
        boolean hasIpv6 = bytes >= MIN_MTU_IPV6 && Platform.HAS_IPV6;
        if (ipv6 != null && !hasIpv6) {
            throw invalid(
                    i,
                    requests.get(i).ipv6Field(),
                    bytes < MIN_MTU_IPV6
                            ? Reason.of("invalid.ipv6-mtu", MIN_MTU_IPV6)
                            : Reason.of("invalid.no-ipv6"));
        }
        int number = i + 1;
        return new Interface(
                Interface.mac(number),
                bytes,
                ipv4 == null ? free(number, Interface::ipv4) : ipv4,
                ipv6 == null && hasIpv6 ? free(number, Interface::ipv6) : ipv6);
    }

    /** The address of the host's own number, or of the next that is free. */
    private InterfaceAddress free(int number, IntFunction<InterfaceAddress> numbered) {
        int next = number;
        while (!taken.add(numbered.apply(next).address())) {
            next++;
        }
        return numbered.apply(next);
    }

    private @Nullable InterfaceAddress ipv4(int i) {
        String text = requests.get(i).ipv4();
        return text == null
                ? null
                : checked(
                        i, "address", InterfaceAddress.ipv4(text), Reason.of("invalid.host-ipv4"));
    }

    private @Nullable InterfaceAddress ipv6(int i) {
        HostRequest request = requests.get(i);
        String text = request.ipv6();
        return text == null
                ? null
                : checked(
                        i,
                        request.ipv6Field(),
                        InterfaceAddress.ipv6(text),
                        Reason.of("invalid.host-ipv6"));
    }

    private InterfaceAddress checked(
            int i, String field, Optional<InterfaceAddress> address, Reason expected) {
        InterfaceAddress one = address.orElseThrow(() -> invalid(i, field, expected));
        if (!taken.add(one.address())) {
            throw invalid(i, field, Reason.of("invalid.taken-address", one.host()));
        }
        return one;
    }

    private void checkName(int i) {
        String name = requests.get(i).name();
        if (!NAME.matcher(name).matches() || Netdb.isNumeric(name)) {
            throw invalid(i, "name", Reason.of("invalid.host-name"));
        }
        if (LOOPBACK.contains(name.toLowerCase(Locale.ROOT)) && !isAlone(requests.get(i))) {
            throw invalid(i, "name", Reason.of("invalid.loopback-name", name));
        }
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw invalid(i, "name", Reason.of("invalid.taken-name", name));
        }
    }

    /** A host with loopback alone. */
    private boolean isAlone(HostRequest request) {
        return requests.size() == 1 && !request.asksForInterface();
    }

    private static InvalidRequestException invalid(int i, String field, Reason reason) {
        return new InvalidRequestException("/hosts/" + i + "/" + field, reason);
    }
}
