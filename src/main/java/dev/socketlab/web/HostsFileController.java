package dev.socketlab.web;

import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.Required;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.network.HostsFile;
import dev.socketlab.network.IsolatedNetwork;
import dev.socketlab.refusal.Reason;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The hosts file of a session with a network of its own: /etc/hosts, hosts(5). */
@RestController
@RequestMapping(path = ApiPath.SESSION + "/etc/hosts", produces = MediaType.APPLICATION_JSON_VALUE)
public class HostsFileController {
    private static final int MAX_ENTRIES = 256;
    private static final int MAX_NAMES = 32;
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e&&[^#]]{1,253}");

    /** A line of the file. */
    record Entry(@Required String address, @Required List<String> names) {}

    public record Hosts(@Required List<Entry> entries) {}

    @GetMapping
    Hosts readHosts(Session session) {
        return answer(network(session).hostsFile());
    }

    @PutMapping
    Hosts writeHosts(Session session, @RequestBody Hosts request) {
        IsolatedNetwork network = network(session);
        network.setHostsFile(file(request));
        session.touch();
        return answer(network.hostsFile());
    }

    private static IsolatedNetwork network(Session session) {
        if (session.network() instanceof IsolatedNetwork isolated) {
            return isolated;
        }
        throw new NotFoundException(Reason.of("not-found.hosts-file"));
    }

    private static Hosts answer(HostsFile file) {
        return new Hosts(
                file.entries().stream()
                        .map(entry -> new Entry(entry.addressText(), entry.names()))
                        .toList());
    }

    private static HostsFile file(Hosts hosts) {
        if (hosts.entries().size() > MAX_ENTRIES) {
            throw new InvalidRequestException(
                    "/entries", Reason.of("invalid.hosts-lines", MAX_ENTRIES));
        }
        List<HostsFile.Entry> entries = new ArrayList<>();
        for (Entry entry : hosts.entries()) {
            String where = "/entries/" + entries.size();
            SocketAddress address =
                    HostsFile.address(entry.address())
                            .orElseThrow(() ->
                                    new InvalidRequestException(
                                            where + "/address",
                                            Reason.of("invalid.hosts-address")));
            entries.add(new HostsFile.Entry(address, checked(entry.names(), where + "/names")));
        }
        return new HostsFile(entries);
    }

    private static List<String> checked(List<String> names, String where) {
        if (names.isEmpty()
                || names.size() > MAX_NAMES
                || !names.stream().allMatch(name -> NAME.matcher(name).matches())) {
            throw new InvalidRequestException(where, Reason.of("invalid.hosts-names", MAX_NAMES));
        }
        return names;
    }
}
